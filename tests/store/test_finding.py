from __future__ import annotations

import random
import re
import time
from array import array
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import ingest
from store.library import Library
from store.model import Annotation, Extracts, Figure, Keyword
from store.passages import best_of, passages
from store.sources import Source, Texts
from tests.store.pages import dump


def add(library: Library, text: str, url: str | None = None) -> str:
    id = library.add(text.encode(), name="a", source_url=url)[0].id
    assert id is not None
    return id


@pytest.fixture
def shelf(library: Library) -> dict[str, str]:
    """A few articles by name."""
    return {
        "딥시크": add(
            library,
            "딥시크 나비효과\n@출처 노컷뉴스\n딥시크가 개발 비용을 밝혔다.\n비용은 557만 달러였다.\nGPT-4o보다 쌌다.",
        ),
        "규제": add(
            library,
            "수출 규제의 앞날\n@출처 한겨레\n정부는 규제를 다시 본다.\n비용을 걱정하는 말도 있다.\n1/10~1/30이다.",
        ),
        "날씨": add(library, "오늘의 날씨\n맑고 춥다.\n비가 온다는 말도 있다."),
    }


def names(library: Library, shelf: dict[str, str], query: str) -> set[str]:
    known = {id: name for name, id in shelf.items()}
    return {known[row.id] for row in library.list(query)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("딥시크", {"딥시크"}),
        ("비용", {"딥시크", "규제"}),
        ("비", {"딥시크", "규제", "날씨"}),
        ("용", {"딥시크", "규제"}),
        ("비용 규제", {"규제"}),
        ('"개발 비용"', {"딥시크"}),
        ('"비용 개발"', set()),
        ("비용 -규제", {"딥시크"}),
        ("-비용", {"날씨"}),
        ("gpt-4O", {"딥시크"}),
        ("1/10~1/30", {"규제"}),
        ("~", {"규제"}),
        ("나비효과", {"딥시크"}),
        ("ㄷㅅㅋ", {"딥시크"}),
        ("ㄴㅋㄴㅅ", {"딥시크"}),
        ("ㅅㅊ ㄱㅈ", {"규제"}),
        ("elqtlzm", {"딥시크"}),
        ("source:노컷", {"딥시크"}),
        ("-source:노컷", {"규제", "날씨"}),
        ("title:날씨", {"날씨"}),
        ("없는말", set()),
        ("딥크", set()),
        ("is:unread", {"딥시크", "규제", "날씨"}),
        ("is:read", set()),
        ("has:marks", set()),
        ("after:2020", set()),
    ],
)
def test_lists(library: Library, shelf: dict[str, str], query: str, expected: set[str]) -> None:
    assert names(library, shelf, query) == expected


def test_conditions_on_marks(library: Library, shelf: dict[str, str]) -> None:
    one = library.annotate_quote(shelf["딥시크"], "557만 달러", tags=["비용/개발"], note="확인할 것")
    two = library.annotate_quote(shelf["규제"], "정부는", tags=["주장"])
    library.set_place(shelf["날씨"], 3, 0.5)
    assert names(library, shelf, "tag:비용") == {"딥시크"}
    assert names(library, shelf, "tag:비용/개발") == {"딥시크"}
    assert names(library, shelf, "tag:개발") == set()
    assert names(library, shelf, "-tag:비용") == {"규제", "날씨"}
    assert names(library, shelf, "has:marks") == {"딥시크", "규제"}
    assert names(library, shelf, "has:note") == {"딥시크"}
    assert names(library, shelf, "is:unread") == {"딥시크", "규제"}
    assert names(library, shelf, "ㅈㅈ") == {"규제"}
    assert [mark.id for mark in library.annotations("tag:비용")] == [one.id]
    assert [mark.id for mark in library.annotations("has:note")] == [one.id]
    assert [mark.id for mark in library.annotations("-has:note")] == [two.id]
    assert [mark.id for mark in library.annotations("확인")] == [one.id]
    assert [mark.id for mark in library.annotations("source:한겨레")] == [two.id]
    assert [mark.id for mark in library.annotations("비용")] == [one.id]
    assert {mark.id for mark in library.annotations()} == {one.id, two.id}
    assert library.annotations("tag:비용", article=shelf["규제"]) == []
    assert library.annotations("source:한겨레", article=shelf["딥시크"]) == []
    library.delete(one.id)
    assert names(library, shelf, "tag:비용") == set()


def test_dates(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ingest.parse

    def dated(data: bytes, **options: str | None) -> object:
        date = re.search(r"\d{4}-\d\d(-\d\d)?", data.decode())
        page, raw = real(data, **options)[0]  # type: ignore[arg-type]
        return [(msgspec.structs.replace(page, published=date.group() if date else None), raw)]

    monkeypatch.setattr(ingest, "parse", dated)
    days = ("2025-01-31", "2025-02", "2025-02-14", "2025-03-01")
    ids = {add(library, f"글 {day}\n본문이다."): day for day in days}
    add(library, "글\n날짜 없는 본문이다.")

    def found(query: str) -> set[str]:
        return {ids[row.id] for row in library.list(query)}

    assert found("after:2025-02-10") == {"2025-02", "2025-02-14", "2025-03-01"}
    assert found("after:2025-02-15") == {"2025-02", "2025-03-01"}
    assert found("before:2025-02-14") == {"2025-01-31"}
    assert found("before:2025-03") == {"2025-01-31", "2025-02", "2025-02-14"}
    assert found("after:2025") == set(days)
    assert found("after:2025-02 before:2025-03") == {"2025-02", "2025-02-14"}


def test_passages(library: Library, shelf: dict[str, str]) -> None:
    hits = library.search("비용")
    assert {hit.article for hit in hits} == {shelf["딥시크"], shelf["규제"]}
    for hit in hits:
        assert library.article(hit.article).slice(hit.start, hit.end) == hit.text
        assert "비용" in hit.text
    assert [hit.score for hit in hits[:2]] == sorted((hit.score for hit in hits[:2]), reverse=True)
    assert len(library.search("비용", 1)) == 1
    assert library.search("비용 달러")[0].text == "비용은 557만 달러였다."
    assert library.search("") == []
    assert library.search("ㄷㅅㅋ")[0].article == shelf["딥시크"]
    assert library.search("tag:없음") == []
    assert {hit.article for hit in library.search("source:한겨레")} == {shelf["규제"]}


def test_conditions_on_marks_give_the_marked_passages(library: Library, shelf: dict[str, str]) -> None:
    old = library.annotate_quote(shelf["딥시크"], "557만 달러", tags=["비용/개발"], note="확인할 것")
    time.sleep(0.002)
    new = library.annotate_quote(shelf["규제"], "비용을 걱정하는 말", tags=["비용"])
    time.sleep(0.002)
    bare = library.annotate_quote(shelf["규제"], "1/10", tags=["비율"])

    def places(query: str) -> list[tuple[str, int, int, str]]:
        return [(hit.article, hit.start, hit.end, hit.text) for hit in library.search(query)]

    def of(*marks: Annotation) -> list[tuple[str, int, int, str]]:
        return [(mark.article, mark.start, mark.end, mark.exact) for mark in marks]

    assert places("tag:비용") == of(new, old), "the newest first"
    assert places("has:note") == of(old)
    assert places("has:marks") == places("has:tags") == of(bare, new, old)
    assert places("has:marks -tag:비용") == of(bare)
    assert places("tag:비용 has:note") == of(old)
    assert places("tag:비용 source:한겨레") == of(new)
    assert places("tag:비용 비용") == of(new, old), "in the quotation, then in the tags"
    assert places("tag:비용 걱정") == of(new)
    assert places("has:note 달러였다") == of(old), "the sentence has the word"
    assert places("tag:비용 -확인할") == of(new)
    assert places("tag:비용 없는말") == places("is:lost") == places("tag:없음") == []
    assert len(library.search("tag:비용", 1)) == 1
    scores = [hit.score for hit in library.search("tag:비용 비용")]
    assert scores == sorted(scores, reverse=True)
    library.remove(shelf["규제"])
    assert places("tag:비용") == of(old)


def test_an_article_that_is_tagged_as_a_whole_gives_its_beginning(
    library: Library, shelf: dict[str, str]
) -> None:
    library.set_article_tags(shelf["날씨"], ["비용"])
    mark = library.annotate_quote(shelf["규제"], "정부는", tags=["비용"])
    first, second = library.search("tag:비용")
    assert (first.article, first.text) == (shelf["규제"], mark.exact)
    assert (second.article, second.start) == (shelf["날씨"], 0)
    assert first.score > second.score
    assert [hit.text for hit in library.search("tag:비용 비가")] == ["비가 온다는 말도 있다."]
    library.set_article_note(shelf["날씨"], "메모")
    assert [hit.article for hit in library.search("has:note")] == [shelf["날씨"]]


def test_a_word_that_a_tag_answers_shows_a_passage_with_that_tag(library: Library) -> None:
    one = add(library, "다리 이야기\n첫 문장은 아무것도 아니다.\n개발에는 돈이 들었다.\n그 밖의 문장이다.")
    real = add(library, "다른 글\n여기는 개발 비용을 말한다.")
    library.annotate_quote(one, "그 밖의", tags=["비용"])
    money = library.annotate_quote(one, "개발에는 돈이 들었다.", tags=["비용"])
    library.annotate_quote(one, "첫 문장은", tags=["주장"])
    hits = library.search("개발 비용")
    assert [hit.article for hit in hits] == [real, one], "the words themselves first"
    assert (hits[1].start, hits[1].end) == (money.start, money.end)
    assert library.search("ㅈㅈ")[0].text == "첫 문장은"
    library.set_article_tags(one, ["세금"])
    assert library.search("개발 세금")[0].text == "개발에는 돈이 들었다."


def test_of_articles_of_one_moment_the_last_taken_in_is_the_newest(library: Library) -> None:
    ids = [add(library, f"제목 {number}\n글 {number}이다.") for number in range(4)]
    for id, day in zip(ids, (2, 3, 2, 1), strict=True):
        article = library.article(id)
        library._shelf.save(msgspec.structs.replace(article, added=f"2025-02-0{day}T00:00:00.000Z"))
    wanted = [ids[1], ids[2], ids[0], ids[3]]
    assert [row.id for row in library.list()] == wanted
    assert [row.id for row in library.listed()] == wanted


def test_literal_hits_come_first(library: Library) -> None:
    by_name = add(library, "서울의 밤\n다른 이야기다.")
    literal = add(library, "초성 놀이\nㅅㅇ라고 적은 글이다.")
    assert [hit.article for hit in library.search("ㅅㅇ")] == [literal, by_name]


def test_words_are_found_in_other_forms_when_there_is_nothing_better(library: Library) -> None:
    lowered = add(library, "물값\n시청은 물값을 크게 낮춘 뒤에 다시 올렸다.\n주민들은 좋아했다.")
    compound = add(library, "장터\n한국 기업은 장터를 옮겼다.\n값은 그대로다.")
    literal = add(library, "사전\n낮추다는 말은 낮다에서 왔다.")
    assert [hit.article for hit in library.search("낮추다")] == [literal, lowered]
    assert [hit.article for hit in library.search("낮췄습니다")] == [literal, lowered]
    assert library.search("낮췄습니다")[1].text == "시청은 물값을 크게 낮춘 뒤에 다시 올렸다."
    assert [hit.text for hit in library.search("한국기업")] == ["한국 기업은 장터를 옮겼다."]
    assert [hit.article for hit in library.search("시청에서는 올리다")] == [lowered]
    assert [row.id for row in library.list("한국기업에게")] == [compound]
    assert library.search('"낮췄습니다"') == [], "an exact phrase is exact"
    assert library.search("낮췄습니다 -시청")[0].article == literal
    assert [hit.article for hit in library.search("장터")] == [compound], (
        "a noun that is there stays as it is"
    )


def test_letters_meant_for_hangul_are_found_in_texts_when_there_is_nothing_else(library: Library) -> None:
    cost = add(library, "새 계획\n올해는 개발비를 줄인다.\n다른 말이다.")
    other = add(library, "다른 글\n항구의 하루는 길다.\n다른 말이다.")
    for query in ("roqkfql", "roqkfqlfmf", "roqkfql 줄인다", "roqkfql -항구"):
        assert [(hit.article, hit.text) for hit in library.search(query)] == [
            (cost, "올해는 개발비를 줄인다.")
        ], query
        assert [row.id for row in library.list(query)] == [cost]
    assert library.search('"roqkfql"') == library.search("roqkfql 항구") == []
    assert library.search("roqkfql") == library.search("개발비")
    literal = add(library, "자판 이야기\n영문 자판으로는 roqkfql라고 친다.\n다른 말이다.")
    assert [hit.article for hit in library.search("roqkfql")] == [literal]
    assert [row.id for row in library.list("roqkfql")] == [literal]
    assert {hit.article for hit in library.search("다른")} == {cost, other, literal}


def test_letters_meant_for_hangul_find_what_the_hangul_finds_unless_a_name_has_the_letters(
    library: Library,
) -> None:
    named = add(library, "개발 비용\n다른 말이다. 값이 올랐다.")
    told = add(library, "새 계획\n항구의 하루는 길다. 비용은 줄었다.")
    assert library.search("qldyd") == library.search("비용"), "not only what has it in its name"
    assert {hit.article for hit in library.search("qldyd")} == {named, told}
    assert [row.id for row in library.list("qldyd")] == [row.id for row in library.list("비용")]
    library.annotate_quote(named, "값이 올랐다", tags=["qldyd-조"])
    assert [hit.article for hit in library.search("qldyd")][:1] == [named]
    assert library.search("qldyd") != library.search("비용")


def test_every_substring_is_found(library: Library) -> None:
    texts = {}
    for number in range(40):
        id = library.add(dump(number), name="a")[0].id
        assert id is not None
        texts[id] = library.article(id).text
    rng = random.Random(5)
    for _ in range(150):
        text = rng.choice(list(texts.values()))
        start = rng.randrange(len(text) - 8)
        piece = text[start : start + rng.randint(1, 8)].strip()
        if not piece or '"' in piece or "\n" in piece:
            continue
        wanted = {id for id, one in texts.items() if piece in one}
        assert {hit.article for hit in library.search(f'"{piece}"', 1000)} == wanted, piece
        assert {row.id for row in library.list(f'"{piece}"')} >= wanted


@given(
    st.text(alphabet="가나 Aaİ.", max_size=30),
    st.text(alphabet="가나 Aa", max_size=6),
    st.text(alphabet="가나 ai̇", min_size=1, max_size=3),
)
def test_the_best_passage_of_one_word_is_the_best_of_all(text: str, title: str, word: str) -> None:
    """The way of most searches, which looks for no more than that."""
    ends = sorted({*range(5, len(text), 6), len(text)} - {0})
    spans = array("I", [at for i, end in enumerate(ends) for at in (ends[i - 1] + 1 if i else 0, end)])
    source = Source(1, "a", text, title, spans.tobytes())
    found = passages(source, [word])
    assert best_of([word])(source) == (pytest.approx(found[0]) if found else None)


def test_what_changed_is_found_as_it_is_now(library: Library) -> None:
    url = "https://news.example/1"
    id = add(library, "제목\n옛날 낱말이 있다.\n그대로인 문장이다.\n또 그대로인 문장이다.", url)
    add(library, "제목\n새로운 표현이 있다.\n그대로인 문장이다.\n또 그대로인 문장이다.", url)
    assert library.search("옛날") == []
    assert [hit.article for hit in library.search("표현이")] == [id]
    library.remove(id)
    assert library.search("표현이") == []


def test_keywords_and_figures_come_with_the_extracts(library: Library) -> None:
    id = add(library, "제목\n비용은 557만 달러였다.")
    figure = Figure(
        surface="557만 달러", value=5570000, unit="USD", kind="money", start=4, end=11, sentence=0
    )
    extracts = Extracts(version=7, keywords=(Keyword(text="오픈소스", score=1, count=1),), figures=(figure,))
    assert library.list("has:figures") == []
    library._shelf.save_extracts(id, extracts)
    assert library.extracts(id) == extracts
    assert [row.id for row in library.list("오픈소스")] == [id]
    assert [row.id for row in library.list("ㅇㅍㅅㅅ")] == [id]
    assert [(row.id, one.surface) for row, one in library.figures("비용")] == [(id, "557만 달러")]
    assert library.figures("없는말") == []


def test_keywords_are_weighed_against_the_library(library: Library) -> None:
    def found(*words: str) -> Extracts:
        return Extracts(
            version=7,
            keywords=tuple(Keyword(text=w, score=1 - n / 10, count=1) for n, w in enumerate(words)),
            terms=(words,),
        )

    first = add(library, "첫째\n등대의 값은 얼마인가.")
    library._shelf.save_extracts(first, found("항만 시설", "등대"))
    for title in ("둘째", "셋째", "넷째"):
        library._shelf.save_extracts(add(library, f"{title}\n{title} 글이다."), found("항만시설", title))
    shown = library.extracts(first, weighed=True)
    plain = library.extracts(first)
    assert shown is not None
    assert plain is not None
    assert [k.text for k in plain.keywords] == ["항만 시설", "등대"]
    assert [k.text for k in shown.keywords] == ["등대", "항만 시설"]
    assert shown.keywords[0].score == 1
    assert (plain.terms, shown.terms) == ((("항만 시설", "등대"),), ())


def test_a_search_sees_what_changed_since_the_last(library: Library, folder: Path) -> None:
    """Though texts looked into are kept in memory."""
    first = library.add(
        "비용 논쟁\n개발 비용을 말한다.".encode(), name="a", source_url="https://news.example/1"
    )[0]
    with Library.open(folder, write=False) as reader:
        for one in (library, reader):
            assert [hit.text for hit in one.search("개발 비용")] == ["개발 비용을 말한다."]
        changed = "비용 논쟁\n새 문장이다.\n그래도 개발 비용을 또 말한다."
        added = library.add(changed.encode(), name="a", source_url="https://news.example/1")[0]
        assert (added.id, added.status) == (first.id, "updated")
        for one in (library, reader):
            assert [hit.text for hit in one.search("개발 비용")] == ["그래도 개발 비용을 또 말한다."]


def kept_texts(library: Library) -> Texts:
    assert library._finder._search is not None
    return library._finder._search._texts


def test_texts_kept_for_searching_are_bounded(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        library.add(dump(number), name=f"{number}")
    monkeypatch.setattr("store.sources.KEPT", 3000)
    for number in (0, 5, 0):
        assert library.search(f'"글 {number}번"')
    texts = kept_texts(library)
    library.search("다")
    assert 0 < sum(len(source.text) for source in texts._kept.values()) == texts._size <= 3000
    for _ in range(2):
        library.search("gpt")
        library.search('"글 1"')
    kept = list(texts._kept.values())
    assert sum(source.counted for source in kept) == texts._size <= 3000
    library.search("b a")
    assert all(source.size == len(source.text) * (2 if source._folded is not None else 1) for source in kept)


def test_texts_kept_for_searching_change_no_answer(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        library.add(dump(number, 8), name=f"{number}")
    library.remove(library.list()[5].id)
    queries = [
        '"비용"',
        "비용",
        "다",
        '"반도체 수출"',
        "개발 -규제",
        "is:unread 시장",
        "gpt",
        "글 7번",
        '"7번"',
    ]
    with monkeypatch.context() as nothing_kept:
        nothing_kept.setattr("store.sources.KEPT", 0)
        plain = {query: library.search(query, 5) for query in queries}
    assert len(plain["다"]) == 5
    rng = random.Random(1)
    for query in rng.choices(queries, k=60):
        assert library.search(query, 5) == plain[query], query
        texts = kept_texts(library)
        for n in rng.sample(sorted(texts._kept), len(texts._kept) // 3):
            texts._size -= texts._kept.pop(n).counted


def test_marks_come_by_article_the_newest_first_then_by_place(library: Library) -> None:
    ids = [str(library.add(dump(number), name=f"{number}")[0].id) for number in range(4)]
    places = {id: [span.start for span in library.article(id).sentences[:3]] for id in ids}
    for which in (2, 0, 1):
        for id in ids:
            start = places[id][which]
            library.annotate(id, start, start + 2, tags=["비용"])
    for query in ("", "tag:비용"):
        found = [(mark.article, mark.start) for mark in library.annotations(query)]
        assert found == [(id, start) for id in reversed(ids) for start in places[id]]


def test_what_is_spared_is_read_again(library: Library) -> None:
    for number in range(6):
        library.add(dump(number, 30), name=f"{number}")
    before = library.search("비용"), library.ids("시장"), library.list()
    library.spare()
    assert library._desk.index.rows("PRAGMA cache_size") == [(-500,)]
    assert (library.search("비용"), library.ids("시장"), library.list()) == before


def test_one_who_only_reads_searches_what_the_writer_has_by_now(library: Library, folder: Path) -> None:
    url = "https://news.example/1"
    id = add(library, "옛글\n등대지기가 산다.\n둘째 줄.\n셋째 줄.", url)
    with Library.open(folder, write=False) as reader:
        assert [hit.article for hit in reader.search("등대지기")] == [id]
        assert add(library, "옛글\n뱃사람이 산다.\n둘째 줄.\n셋째 줄.", url) == id
        assert reader.search("등대지기") == []
        assert [hit.text for hit in reader.search("뱃사람이")] == ["뱃사람이 산다."]
        library.remove(id)
        assert reader.search("뱃사람이") == []


def test_what_goes_to_the_trash_is_found_no_more_and_again_when_it_is_back(
    library: Library, folder: Path
) -> None:
    ids = {add(library, f"글 {n}\n등대지기 {n}이 산다.\n둘째 줄.") for n in range(30)}
    gone = sorted(ids)[7]
    with Library.open(folder, write=False) as reader:
        for act, there in (
            (lambda: None, ids),
            (lambda: library.remove(gone), ids - {gone}),
            (lambda: library.restore(gone), ids),
        ):
            act()
            for one in (library, reader):
                assert {hit.article for hit in one.search('"등대지기"', 30)} == there
                assert len(one.search("등대지기", 25)) == 25


def samples_and_own(library: Library, monkeypatch: pytest.MonkeyPatch, samples: int, own: int) -> set[str]:
    """Fill a library with pages on one word, those that pass for samples answering it best; the ids of the samples."""
    mine = [add(library, f"글 {n}\n등대 이야기 {n}이다.\n다시 등대 {n}이다.") for n in range(own)]
    made = {add(library, f"등대 {n}\n등대 등대 등대 {n}이다.\n또 등대 {n}이다.") for n in range(samples)}
    monkeypatch.setattr("store.samples.sample_ids", lambda: frozenset(made))
    assert not made & set(mine)
    return made


@pytest.mark.parametrize("limit", [1, 4, 5, 7, 30, 100])
@pytest.mark.parametrize("query", ["등대", "등대 이야기 -없는말", "ㄷㄷ", '"등대"'])
def test_passages_of_samples_come_after_all_own(
    library: Library, monkeypatch: pytest.MonkeyPatch, query: str, limit: int
) -> None:
    without = samples_and_own(library, monkeypatch, samples=0, own=5)
    assert not without
    alone = library.search(query, limit)
    made = samples_and_own(library, monkeypatch, samples=3, own=0)
    hits = library.search(query, limit)
    kinds = [hit.article in made for hit in hits]
    assert kinds == sorted(kinds), "the reader's own first"
    assert [hit for hit in hits if hit.article not in made] == alone, "samples displace none of them"
    assert len(hits) <= limit
    if limit == 100 and query == "등대":
        assert {hit.article for hit in hits} > made


def test_a_limit_that_samples_alone_would_fill_is_filled_by_own_articles(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = samples_and_own(library, monkeypatch, samples=25, own=6)
    hits = library.search("등대", 6)
    assert len({hit.article for hit in hits} - made) == 6, "though more samples than are looked at are newer"
    inflected = add(library, "밤바다\n낡은 배를 부쉈다.")
    sample = add(library, "낮바다\n그 배를 부쉈다.")
    monkeypatch.setattr("store.samples.sample_ids", lambda: frozenset({sample}))
    assert [hit.article for hit in library.search("부수다", 1)] == [inflected]
    assert [hit.article for hit in library.search("부수다")] == [inflected, sample]


def test_marks_in_samples_come_after_all_own(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    own, whole, sample = (
        add(library, f"{name}\n{name}의 등대 이야기다.") for name in ("남쪽", "북쪽", "동쪽")
    )
    monkeypatch.setattr("store.samples.sample_ids", lambda: frozenset({sample}))
    library.annotate_quote(own, "남쪽의", tags=["비용"])
    library.set_article_tags(whole, ["비용"])
    time.sleep(0.002)
    library.annotate_quote(sample, "동쪽의", tags=["비용"])
    library.annotate_quote(sample, "등대", tags=["비용"])
    assert [hit.article for hit in library.search("tag:비용")] == [own, whole, sample, sample]
    assert [hit.article for hit in library.search("tag:비용", 2)] == [own, whole]


def test_figures_of_samples_come_last(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    own, sample = (add(library, f"{name}\n{name}에 3억 원이 들었다.") for name in ("남쪽", "동쪽"))
    for id in (own, sample):
        figure = Figure(surface="3억 원", value=3e8, unit="KRW", kind="money", start=4, end=8, sentence=0)
        library._shelf.save(library.article(id), Extracts(version=1, figures=(figure,)))
    assert [item.id for item, _ in library.figures()] == [sample, own], "the newest first"
    monkeypatch.setattr("store.samples.sample_ids", lambda: frozenset({sample}))
    assert [item.id for item, _ in library.figures()] == [own, sample]
