"""Full text: what of a text goes into the index, that a search finds whatever a text contains, and that nothing stays behind."""

from __future__ import annotations

import random
import re
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.index import Index
from store.indexfile import IndexFile
from store.library import Library
from store.query import MAX_QUERY
from store.terms import fold, is_exact, match, terms
from tests.store.pages import dump


def add(library: Library, text: str, url: str | None = None) -> str:
    id = library.add(text.encode(), name="a", source_url=url)[0].id
    assert id is not None
    return id


def in_texts(library: Library, table: str = "body") -> dict[str, int]:
    """Each term, and how many texts have it."""
    db = library._desk.index.db
    db.execute(f"CREATE VIRTUAL TABLE temp.known USING fts5vocab(main, {table}, row)")
    found = dict(db.execute("SELECT term, doc FROM known"))
    db.execute("DROP TABLE temp.known")
    return found


@given(st.text(max_size=80))
def test_terms_are_the_pairs_of_letters(text: str) -> None:
    folded = fold(text)
    pairs, letters = set(), set()
    for run in re.findall(r"[^\W_]+", folded):
        pairs |= {run[i : i + 2] for i in range(len(run) - 1)}
        letters |= set(run)
    found = set(terms(folded).split(" "))
    assert pairs <= found
    assert letters <= {term[:1] for term in found}
    assert all(term in folded for term in found)


@given(st.text(alphabet="가나다 ab1.~_/\n", max_size=40), st.data())
def test_a_text_has_the_terms_of_all_that_it_contains(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    expression = match(piece)
    if not expression:
        return
    index = Index(Path("unused"), write=False)
    index.db.execute("INSERT INTO body (rowid, terms) VALUES (1, ?)", (terms(text),))
    assert index.rows("SELECT rowid FROM body WHERE body MATCH ?", (expression,)) == [(1,)]
    index.close()


@settings(deadline=None)
@given(
    st.text(alphabet="가나다힣ㄱ a1.…“\n", max_size=30),
    st.text(alphabet="가나다힣ㄱa1", min_size=1, max_size=2),
)
def test_what_is_exact_needs_no_second_look(text: str, word: str) -> None:
    assert is_exact(word)
    index = Index(Path("unused"), write=False)
    index.db.execute("INSERT INTO body (rowid, terms) VALUES (1, ?)", (terms(text),))
    found = index.rows("SELECT rowid FROM body WHERE body MATCH ?", (match(word),))
    assert bool(found) == (word in text)
    index.close()


def test_every_substring_is_found_whatever_its_length(library: Library) -> None:
    texts = {}
    for number in range(30):
        id = library.add(dump(number, 40), name="a")[0].id
        assert id is not None
        texts[id] = library.article(id).text
    rng = random.Random(6)
    for length in (1, 1, 2, 2, 3, 5, 20, 60, 120, 400, 700, MAX_QUERY - 2) * 4:
        text = rng.choice(list(texts.values()))
        start = rng.randrange(len(text) - length)
        piece = " ".join(text[start : start + length].split())
        if not piece:
            continue
        wanted = {id for id, one in texts.items() if piece in one}
        assert {hit.article for hit in library.search(f'"{piece}"', 1000)} == wanted, piece
        decomposed = unicodedata.normalize("NFD", f'"{piece}"')
        if len(decomposed) <= MAX_QUERY:
            assert {hit.article for hit in library.search(decomposed, 1000)} == wanted


def test_words_on_both_sides_of_a_blank_line_are_both_found_and_no_phrase(library: Library) -> None:
    id = add(library, "제목\n앞 문단의 끝말\n첫말로 여는 문단")
    assert {hit.article for hit in library.search("끝말 첫말로")} == {id}
    assert library.search('"끝말 첫말로"') == []
    assert library.search("말첫") == [], "no pair is made across the line"


def test_a_syllable_is_found_wherever_it_stands(library: Library) -> None:
    places = ["가", "가나", "나가", "나가다", "나 가", "가 나", "“가”", "1가.", "나\n가\n나", "A가B"]
    ids = [add(library, f"제목\n{place}") for place in places]
    add(library, "제목\n나 각 강 ㄱ")
    assert {hit.article for hit in library.search("가")} == set(ids)
    assert {row.id for row in library.list("가")} == set(ids)
    assert {row.id for row in library.list("가 나")} == {
        id for id, place in zip(ids, places, strict=True) if "나" in place
    }


def test_nothing_stays_behind_of_an_article_that_goes_or_changes(library: Library, folder: Path) -> None:
    add(library, "제목\n남는 글이다.")
    before = in_texts(library), in_texts(library, "name_terms")
    url = "https://news.example/1"
    id = add(library, "옛글\n옛날 낱말이다 AB.\n둘째 줄.\n셋째 줄.", url)
    again = add(library, "새글\n새로운 표현이다 CD.\n둘째 줄.\n셋째 줄.", url)
    assert again == id
    now = in_texts(library)
    assert {"새로", "cd", "둘째"} <= now.keys()
    assert not {"옛날", "ab", "낱말"} & now.keys()
    assert library.search("옛") == library.search("날") == []
    library._desk.layout.article(id).unlink()
    library._upkeep.update()
    assert (in_texts(library), in_texts(library, "name_terms")) == before
    for word in ("새", "표", "c", "둘"):
        assert library.search(word) == [], "nor by its first letter"


def segments(library: Library) -> int:
    """How many segments of full text a search looks through."""
    rows = library._desk.index.rows("SELECT count(DISTINCT id >> 37) FROM body_data WHERE id > 10")
    return int(rows[0][0])


def test_full_text_that_was_written_in_bulk_is_merged(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every pair of letters is looked for in each segment by itself."""
    monkeypatch.setattr("store.indexfile.BULK", 3)
    for _ in range(3):
        with library._intake.bulk():
            for _ in range(11):
                number = len(library.list())
                library.add(dump(number), name=f"{number}")
    assert segments(library) <= 4
    queries = [f'"글 {number}번"' for number in range(33)] + ["비용", "개발 -규제"]
    before = [library.search(query) for query in queries]
    assert all(before[:33])
    monkeypatch.setattr("store.upkeep.FEW", 5)
    library.reindex()
    assert segments(library) <= 3
    assert [library.search(query) for query in queries] == before


def test_merging_goes_on_where_it_stopped(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes no longer than the writing did."""
    with monkeypatch.context() as unmerged:
        unmerged.setattr("store.indexfile.IndexFile._merge", lambda self: False)
        unmerged.setattr("store.indexfile.BULK", 1)
        with library._intake.bulk():
            for number in range(3):
                library.add(dump(number), name=f"{number}")
    index = library._desk.index
    assert segments(library) == 3
    assert list(index.merge()) == [], "nothing was put since"
    index._unmerged = 1
    assert len(list(index.merge())) <= 11
    assert segments(library) < 3
    assert len(library.search("비용", 3)) == 3


def test_others_have_the_library_while_full_text_is_merged(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may take seconds; who presses a key meanwhile waits for a step of it."""
    steps: list[int] = []
    between: list[int] = []
    begun = threading.Event()

    def merge(self: IndexFile) -> bool:
        steps.append(1)
        begun.set()
        time.sleep(0.005)
        return len(steps) < 10

    def other() -> None:
        assert begun.wait(5)
        with library._desk.lock:
            between.append(len(steps))

    monkeypatch.setattr(IndexFile, "_merge", merge)
    thread = threading.Thread(target=other)
    thread.start()
    with library._intake.bulk():
        for number in range(3):
            library.add(dump(number), name=f"{number}")
    thread.join()
    assert len(steps) == 10
    assert 0 < between[0] < 10


def test_full_text_is_not_merged_for_a_file_that_changed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else has the library while that is read."""
    for number in range(3):
        library.add(dump(number), name=f"{number}")
    path = library._desk.layout.article(library.list()[0].id)
    path.write_bytes(path.read_bytes().replace("비용".encode(), "경비".encode()))

    def merge(self: IndexFile) -> bool:
        raise AssertionError

    monkeypatch.setattr(IndexFile, "_merge", merge)
    library._upkeep.update()
    assert library.search("경비", 3)
