"""Encodings: right without being told, right when told, and a clear line when there is no text."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Sequence
from math import sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import IngestError
from store.ingest import parse
from store.ingest.decode import codec_name, decode
from store.samples import sample_pages
from tests.ingest.makers import BODY, PARAGRAPHS, TITLE
from tests.places import REAL_PAGES, SEEDS

PAGE = f"{TITLE}\n\n권이든 기자\n입력 2024.11.02 09:00\n\n{BODY}\n"


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (PAGE.encode(), "utf-8"),
        (PAGE.encode("utf-8-sig"), "utf-8-sig"),
        (PAGE.encode("cp949"), "cp949"),
        (PAGE.encode("euc-kr"), "cp949"),
        (PAGE.encode("utf-16"), "utf-16"),
        (PAGE.encode("utf-16-le"), "utf-16-le"),
        (PAGE.encode("utf-16-be"), "utf-16-be"),
        (PAGE.encode("utf-32"), "utf-32"),
        (PAGE.encode("cp949").decode("latin-1").encode(), "cp949"),
        (PAGE.encode().decode("latin-1").encode(), "utf-8"),
        (unicodedata.normalize("NFD", PAGE).encode(), "utf-8"),
        (PAGE.replace("\n", "\r\n").encode("cp949"), "cp949"),
        (PAGE.encode()[:-2], "utf-8"),
    ],
    ids=[
        "utf-8",
        "BOM",
        "cp949",
        "euc-kr",
        "utf-16",
        "le",
        "be",
        "utf-32",
        "cp949 as latin",
        "utf-8 as latin",
        "NFD",
        "CRLF",
        "cut off",
    ],
)
def test_every_encoding_gives_the_same_article(data: bytes, codec: str) -> None:
    page, raw = parse(data, name="시장.txt")[0]
    assert page.title == TITLE
    assert page.text.startswith("\n\n".join(PARAGRAPHS)[:150])
    assert (page.authors, page.published) == (("권이든",), "2024-11-02")
    assert raw.encoding == codec


def test_syllables_outside_of_euc_kr() -> None:
    text = PAGE.replace("수산", "똠방각하 펲시콜라 쑛")
    assert decode(text.encode("cp949"))[0] == text
    assert decode(text.encode("cp949"), "EUC-KR")[0] == text
    assert codec_name("ks_c_5601-1987") == "cp949"


def test_what_the_reader_says_goes_first() -> None:
    assert decode("가나다라".encode("cp949"), "cp949") == ("가나다라", "cp949")
    assert "가나다라" not in decode("가나다라".encode("cp949"), "shift_jis")[0]


def test_a_wrong_declaration_is_not_believed() -> None:
    assert decode(PAGE.encode(), declared="euc-kr") == (PAGE, "utf-8")
    assert decode(PAGE.encode("cp949"), declared="utf-8") == (PAGE, "cp949")
    assert decode(PAGE.encode("cp949"), declared="iso-8859-1") == (PAGE, "cp949")


def test_french_is_not_taken_for_broken_korean() -> None:
    text = "Été à l'hôtel: déjà vu, naïveté, garçon, cœur. " * 20
    assert decode(text.encode())[0] == text


@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n", b"\xef\xbb\xbf", b"\0\0\0\0"])
def test_empty(data: bytes) -> None:
    with pytest.raises(IngestError, match="빈 파일") as caught:
        parse(data)
    assert "empty" in caught.value.english


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"\x7fELF" + bytes(200),
        bytes(range(256)) * 40,
        b"\x1f\x8b\x08" + bytes(range(256)),
    ],
    ids=["png", "elf", "bytes", "gzip"],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(IngestError, match="이진") as caught:
        parse(data)
    assert "binary" in caught.value.english


def test_unknown_encoding() -> None:
    for label in ("klingon", "base64", "rot13", "../x", ""):
        if label:
            with pytest.raises(IngestError, match="모르는 인코딩"):
                parse(PAGE.encode(), encoding=label)


def test_control_and_bidi_characters_never_get_through() -> None:
    dirty = PAGE.replace("시장은", "시\u202e장\x1b]52;c;aGk=\x07은\u200b").replace("경매사", "경\x9b31m매사")
    page = parse(dirty.encode())[0][0]
    everything = page.title + page.text + "".join(line.text for line in page.removed)
    assert not any(
        (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160 or char in "\u202e\u200b"
        for char in everything
    )


WIDE = ("utf-16-le", "utf-16-be")
# Syllables whose code has a zero for its lower byte, as a space has one for its higher.
_ROUND = st.text("".join(map(chr, range(0xAC00, 0xD7A4, 0x100))), min_size=1, max_size=3)
_WORDS = st.lists(
    _ROUND | st.text("가나다라마바사정말그리고하는이를", min_size=1, max_size=4), min_size=4, max_size=60
)


@pytest.mark.parametrize("codec", WIDE)
def test_whole_pages_in_utf_16_without_a_mark(codec: str) -> None:
    texts = [data.decode() for _, data in sample_pages()]
    files = [*SEEDS.glob("*.txt"), *REAL_PAGES.glob("*.txt")]
    texts += [path.read_bytes().decode() for path in sorted(files)]
    for text in [*texts, *(unicodedata.normalize("NFD", text) for text in texts)]:
        assert decode(text.encode(codec)) == (text, codec)
        assert decode(text.encode(codec) + b"\n") == (text, codec)


@given(_WORDS, st.sampled_from(WIDE), st.sampled_from([" ", "\n", ", "]))
def test_any_korean_text_in_utf_16_without_a_mark(words: list[str], codec: str, between: str) -> None:
    text = between.join(words)
    assert decode(text.encode(codec)) == (text, codec)


@pytest.mark.parametrize("codec", WIDE)
def test_a_web_page_in_utf_16_without_a_mark(codec: str) -> None:
    page = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    source = f"<!doctype html><html><head><title>{TITLE}</title></head><body><article>{page}</article></body></html>"
    page_of, raw = parse(source.encode(codec))[0]
    assert (page_of.title, page_of.text) == (TITLE, BODY)
    assert (raw.encoding, raw.media_type) == (codec, "text/html")


def _words_of(kind: str, numbers: Sequence[float]) -> bytes:
    return struct.pack(f"<{len(numbers)}{kind}", *numbers)


@pytest.mark.parametrize(
    "data",
    [
        _words_of("h", [int(30000 * sin(at / 9)) for at in range(8000)]),
        _words_of("h", [300 + int(200 * sin(at / 9)) for at in range(8000)]),
        _words_of("i", list(range(4000))),
        _words_of("i", [at * 7919 for at in range(4000)]),
        _words_of("d", [sin(at) for at in range(2000)]),
        _words_of("H", list(range(0xAC00, 0xD7A4))) + bytes(4000),
        b"ustar\0" + PAGE.encode() + bytes(4096),
        b"name\0value\0" * 500,
    ],
    ids=["sound", "a sensor", "numbers", "large numbers", "fractions", "a table", "an archive", "records"],
)
def test_zeros_do_not_make_a_text(data: bytes) -> None:
    with pytest.raises(IngestError, match="이진"):
        parse(data)
