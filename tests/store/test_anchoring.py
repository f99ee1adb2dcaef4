from __future__ import annotations

import random
import time

import msgspec
import pytest

from store.anchoring import CONTEXT, Expected, Placement, drift, find_quote, place, select
from store.errors import AmbiguousError, InvalidError, NotFoundError
from store.model import Annotation, Status
from tests.store.pages import prose


def mark(text: str, start: int, end: int) -> Annotation:
    where = select(text, start, end)
    return Annotation(id="m", article="a", **where._asdict())


def marked(text: str, words: str) -> Annotation:
    start = text.index(words)
    return mark(text, start, start + len(words))


TEXT = "\n\n".join(prose(7, 12))


def test_selectors_hold_the_quotation_and_what_stands_around() -> None:
    where = select("가나다 라마바 사아자", 4, 7)
    assert where == (4, 7, "라마바", "가나다 ", " 사아자")
    where = select(TEXT, 100, 130)
    assert len(where.prefix) == len(where.suffix) == CONTEXT


def test_white_space_at_the_ends_is_left_out() -> None:
    assert select("가 나 다", 1, 4)[:3] == (2, 3, "나")


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 99), (1, 2)])
def test_an_impossible_range(start: int, end: int) -> None:
    with pytest.raises(InvalidError):
        select("가 나", start, end)


def test_a_quotation_from_a_person() -> None:
    text = "그는 “비용이\n줄었다”고 말했다. 다른 이는 비용이 늘었다고 말했다."
    start, end = find_quote(text, '"비용이  줄었다"고')
    assert text[start:end] == "“비용이\n줄었다”고"
    assert find_quote(text, "비용이줄었다")[0] == 4
    with pytest.raises(AmbiguousError, match="2번"):
        find_quote(text, "비용이")
    with pytest.raises(NotFoundError):
        find_quote(text, "수익이")
    with pytest.raises(InvalidError):
        find_quote(text, "  ")


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("가 … 나", "가 ... 나", "가 … 나"),
        ("가 ... 나", "가…나", "가 ... 나"),
        ("그는―늘 그렇듯―웃었다", "그는-늘 그렇듯-웃었다", "그는―늘 그렇듯―웃었다"),
        ("‘가’ “나”", "'가' \"나\"", "‘가’ “나”"),
        ("가\u3000\n나 다", "\n가\t나 ", "가\u3000\n나"),
        ("값은 [1.5배]다. 값은 115배다.", "[1.5배]", "[1.5배]"),
        ("가나 다. 가 나 다.", "가 나 다", "가 나 다"),
        ("끝에 …", "끝에…", "끝에 …"),
    ],
)
def test_a_quotation_in_other_shapes(text: str, quote: str, found: str) -> None:
    start, end = find_quote(text, quote)
    assert text[start:end] == found


@pytest.mark.parametrize("text", ["가 " * 100_000, "=" * 200_000])
def test_a_long_quotation_is_sought_in_a_text_that_repeats_itself(text: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(NotFoundError):
        find_quote(text, text[:4000] + "나")
    with pytest.raises(AmbiguousError, match="50번"):
        find_quote(text.strip(), text[:4000])
    assert time.perf_counter() - begun < 2, "some .2 seconds"


def test_unchanged_stays() -> None:
    one = mark(TEXT, 40, 80)
    assert place(TEXT, one) == Placement(one.start, one.end, Status.ANCHORED)


def test_a_paragraph_before_moves_it() -> None:
    one = mark(TEXT, 140, 180)
    new = "새로 들어온 문단이다.\n\n" + TEXT
    where = place(new, one)
    assert (new[where.start : where.end], where.status) == (one.exact, Status.MOVED)


def test_of_several_places_the_one_with_its_surroundings() -> None:
    text = (
        "경과를 적는다.\n\n삼성전자는 17%라고 했다.\n\n엔비디아는 17%라고 했다.\n\n딥시크 쪽은 17%라고 했다."
    )
    one = mark(text, text.rindex("17%"), text.rindex("17%") + 3)
    new = (
        "경과를 적는다.\n\n딥시크 쪽은 17%라고 했다.\n\n삼성전자는 17%라고 했다.\n\n엔비디아는 17%라고 했다."
    )
    where = place(new, one)
    assert where.start == new.index("17%")


def test_another_line_of_the_same_shape_is_not_the_passage() -> None:
    text = "경과를 적는다.\n\n삼성은 17%라고 했다.\n\n애플은 17%라고 했다.\n\n끝으로 적는다."
    one = marked(text, "17%")
    new = text.replace("삼성은 17%라고 했다.\n\n", "")
    assert place(new, one, drift(text, new)(one.start, one.end)).status not in (Status.ANCHORED, Status.MOVED)


def test_the_same_word_elsewhere_is_not_the_passage() -> None:
    one = marked("학습 비용은 557만 달러라고 회사는 밝혔다.", "비용")
    where = place("날씨가 맑다. 여행 비용 때문에 고민하는 사람이 많아졌다는 소식이다.", one)
    assert where.status is Status.LOST
    assert where.start == where.end


def test_a_changed_word_is_found_and_its_status_says_so() -> None:
    one = marked(TEXT, prose(7, 12)[5])
    words = one.exact.split()
    words[2] = "바뀐말"
    new = TEXT.replace(one.exact, " ".join(words))
    where = place(new, one)
    assert new[where.start : where.end] == " ".join(words)
    assert where.status in (Status.MOVED, Status.UNCERTAIN)


def test_gone_is_lost_not_put_elsewhere() -> None:
    one = marked(TEXT, prose(7, 12)[5])
    new = TEXT.replace(one.exact, "")
    where = place(new, one)
    assert where.status is Status.LOST
    assert 0 <= where.start <= len(new)


def test_far_away_is_found_by_the_whole_text() -> None:
    one = mark(TEXT, 30, 90)
    words = one.exact.split()
    words[1] += "도"
    new = "\n\n".join(prose(99, 200)) + "\n\n" + TEXT[:30] + " ".join(words) + TEXT[90:]
    where = place(new, one)
    assert where.status is not Status.LOST
    assert abs(where.start - new.index(" ".join(words))) <= 2


def test_what_is_expected_where() -> None:
    old = "하나\n\n둘\n\n셋"
    last = old.index("셋")
    assert drift(old, "새것\n\n하나\n\n둘\n\n셋")(last, last + 1) == (len("새것\n\n하나\n\n둘\n\n"), True)
    assert drift(old, "하나\n\n둘\n\n셋째")(last, last + 1) == (last, False)
    assert drift(old, old)(4, 5) == (4, True)
    assert drift(old, "")(4, 5) == (0, False)


def test_a_short_passage_in_a_block_that_stayed_is_sure() -> None:
    one = marked("가나다 17% 라마바.\n\n뒤의 글이 이어진다.", "17%")
    new = "앞에 온 글.\n\n가나다 17% 라마바."
    where = place(new, one, drift("가나다 17% 라마바.\n\n뒤의 글이 이어진다.", new)(one.start, one.end))
    assert (new[where.start : where.end], where.status) == ("17%", Status.MOVED)


def edit(rng: random.Random, sentences: list[str]) -> list[str]:
    """An article as it comes back: sentences gone, new, moved, and changed."""
    sentences = list(sentences)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(sentences))
        kind = rng.choice(("drop", "insert", "swap", "words"))
        if kind == "drop" and len(sentences) > 4:
            del sentences[at]
        elif kind == "insert":
            sentences.insert(at, prose(rng.randrange(10**6), 1)[0])
        elif kind == "swap":
            other = rng.randrange(len(sentences))
            sentences[at], sentences[other] = sentences[other], sentences[at]
        else:
            words = sentences[at].split()
            words[rng.randrange(len(words))] = "고친말"
            sentences[at] = " ".join(words)
    return sentences


@pytest.mark.parametrize("seed", range(150))
def test_none_is_silently_wrong(seed: int) -> None:
    """A mark that claims to be anchored or moved is on the sentence that it was made on."""
    rng = random.Random(seed)
    sentences = prose(seed, 25)
    text = "\n\n".join(sentences)
    new_sentences = edit(rng, sentences)
    new = "\n\n".join(new_sentences)
    for sentence in rng.sample(sentences, 8):
        one = marked(text, sentence)
        where = place(new, one, drift(text, new)(one.start, one.end))
        found = new[where.start : where.end]
        if sentence in new_sentences:
            assert found == sentence
        elif where.status in (Status.ANCHORED, Status.MOVED):
            same = sum(a == b for a, b in zip(found.split(), sentence.split(), strict=False))
            assert same >= len(sentence.split()) - 2, (sentence, found)


def test_what_is_uncertain_is_not_made_sure_by_staying_where_it_is() -> None:
    one = msgspec.structs.replace(mark(TEXT, 40, 80), prefix="다른 말", status=Status.UNCERTAIN)
    settled = Expected(one.start, True)
    assert place(TEXT, one, settled) == Placement(one.start, one.end, Status.UNCERTAIN)
    anchored = msgspec.structs.replace(one, status=Status.ANCHORED)
    assert place(TEXT, anchored, settled).status is Status.ANCHORED
