"""Links stay with the words that they stood behind, wherever those come to stand."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from store.corrections import apply, removing, restoring
from store.ingest import parse
from store.library import Library
from store.model import Page, Removed
from tests.ingest.makers import PARAGRAPHS, TITLE

WORD = st.text("가나다라마바사정말그리고 ab,.’1", min_size=1, max_size=8).map(str.strip).filter(bool)
PIECE = st.tuples(WORD, st.booleans())
LINES = st.lists(st.lists(PIECE, min_size=1, max_size=6), min_size=1, max_size=6)


def shown(page: Page) -> list[tuple[str, str]]:
    return [(page.text[link.start : link.end], link.url) for link in page.links]


def html(body: str, head: str = "") -> Page:
    source = f"<!doctype html><html><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return parse(source.encode(), name="a.html")[0][0]


MENU = '<nav><a href="https://m.example/1">경제</a><a href="https://m.example/2">사회</a></nav>'


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_the_slice_of_a_link_is_its_words(lines: list[list[tuple[str, bool]]]) -> None:
    body, wanted = [], {}
    for number, pieces in enumerate(lines):
        marked = []
        for at, (word, linked) in enumerate(pieces):
            url = f"https://a.example/{number}/{at}"
            marked.append(f'<a href="{url}">{escape(word)}</a>' if linked else escape(word))
            wanted[url] = " ".join(word.split())
        body.append(
            f"<p>{PARAGRAPHS[number % 3]} {' '.join(marked)} {PARAGRAPHS[(number + 1) % 3]} {number}</p>"
        )
    page = html(f"{MENU}<article><h1>{TITLE}</h1>{''.join(body)}</article>")
    assert all(words == wanted[url] for words, url in shown(page))
    kept = [number for number in range(len(lines)) if f" {number}\n" in f"{page.text}\n"]
    expected = {
        f"https://a.example/{number}/{at}"
        for number in kept
        for at, (_, is_link) in enumerate(lines[number])
        if is_link
    }
    assert expected <= {link.url for link in page.links}
    assert [link.start for link in page.links] == sorted(link.start for link in page.links)


def test_links_of_a_web_page() -> None:
    body = (
        f'{MENU}<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]} <b><a href="https://a.example/?b=1&amp;c=2">더  읽기\n자료</a></b>.</p>'
        f'<ol><li>배를 <a href="/news/2">뭍</a>에 올린다.</li></ol><p>{PARAGRAPHS[1]} <a href="javascript:x()">단추</a></p>'
        f'<p>{PARAGRAPHS[2]} <a href="#top">위로</a> <a href="ftp://f.example/x">파일</a></p></article>'
    )
    page = html(body, '<link rel="canonical" href="https://s.example/news/1">')
    assert shown(page) == [
        ("더 읽기 자료", "https://a.example/?b=1&c=2"),
        ("뭍", "https://s.example/news/2"),
    ]


def test_links_of_markdown() -> None:
    text = (
        f"# {TITLE}\n\n{PARAGRAPHS[0]} **[더 *읽기*](https://a.example/b_(c))** 자료\n\n"
        f'1. [배](<https://b.example/x> "제목")를 올린다.\n2. 배를 내린다.\n\n> 말 [끝](http://q.example)\n\n[위](#top) {PARAGRAPHS[1]}\n'
    )
    assert shown(parse(text.encode(), name="a.md")[0][0]) == [
        ("더 읽기", "https://a.example/b_(c)"),
        ("배", "https://b.example/x"),
        ("끝", "http://q.example"),
    ]


def test_corrections_move_links_along() -> None:
    body = "".join(
        f'<p>{text} <a href="https://a.example/{n}">자료 {n}</a>에서.</p>'
        for n, text in enumerate(PARAGRAPHS)
    )
    page = html(f"<article><h1>{TITLE}</h1>{body}</article>")
    links = [(f"자료 {n}", f"https://a.example/{n}") for n in range(3)]
    assert shown(page) == links
    gone = removing(page, page.blocks[1].start)
    assert gone is not None
    assert shown(apply(page, [gone])) == [links[0], links[2]]
    line = Removed(text="빠졌던 줄이다.", reason="menu", at=0, line=0)
    assert shown(apply(replace(page, removed=(line,)), [restoring(line)])) == links


@pytest.mark.parametrize("again", [False, True])
def test_links_are_kept_with_the_article(tmp_path: Path, again: bool) -> None:
    text = f"# {TITLE}\n\n{PARAGRAPHS[0]} [자료](https://a.example/b)\n"
    with Library.open(tmp_path / "library") as library:
        (item,) = library.add(text.encode(), name="a.md")
        assert item.id is not None
        if again:
            library.reindex()
        assert shown(library.article(item.id)) == [("자료", "https://a.example/b")]
    with Library.open(tmp_path / "library") as library:
        assert shown(library.article(item.id)) == [("자료", "https://a.example/b")]
