"""Bytes to text: which encoding a page is in, and the repair of pages that were once read in the wrong one."""

from __future__ import annotations

import codecs
import re

from store.errors import IngestError

MAX_BYTES = 64 * 1024 * 1024
"""Larger inputs are refused: no article is so long, and memory stays bounded."""

_SAMPLE = 64 * 1024
# Signatures of files that are surely no text, whatever they are called.
_BINARY = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x7fELF", b"MZ\x90", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf",
    b"Rar!", b"\xd0\xcf\x11\xe0", b"SQLite format 3\0", b"ID3", b"OggS", b"fLaC", b"\0\0\1\0", b"II*\0", b"MM\0*",
)  # fmt: skip
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HANGUL = re.compile("[가-힣]+")
_PLAIN = re.compile("[\t\n\r -~가-힣ㄱ-ㆎ\u1100-\u11ff\u2000-\u206f\u3000-\u30ff]")
"""Of what a Korean page consists: ASCII, Hangul (jamo too), punctuation, kana."""
# What UTF-8 Hangul looks like when read as Latin-1 or cp1252: a lead byte E3 to ED and two trailing bytes.
_UTF8_AS_LATIN = re.compile("[\u00ea-\u00ed][\u0080-\u00bf\u0152-\u2122][\u0080-\u00bf\u0152-\u2122]")
# What cp949 Hangul looks like when read as Latin-1: pairs of bytes from B0 to C8 and A1 to FE.
_CP949_AS_LATIN = re.compile("[\u00b0-\u00c8][\u00a1-\u00fe]")
_LATIN_HIGH = re.compile("[\u0080-\u00ff\u0152-\u2122]+")
_KOREAN_LABELS = {
    "euc-kr", "euckr", "ks_c_5601-1987", "ks_c_5601", "ksc5601", "ksc_5601", "ks_c_5601-1989", "korean",
    "windows-949", "ms949", "uhc", "cp949", "949", "x-windows-949",
}  # fmt: skip


def empty() -> IngestError:
    return IngestError(
        "빈 파일입니다. 내용이 있는 파일을 넣어 주세요.", "The file is empty. Give a file with a text in it."
    )


def binary() -> IngestError:
    return IngestError(
        "글이 아닌 파일입니다(이진 파일). 텍스트, HTML, 마크다운, PDF, EPUB을 넣어 주세요.",
        "This is a binary file, not a text. Give text, HTML, Markdown, PDF or EPUB.",
    )


def too_large(size: int, limit: int = MAX_BYTES) -> IngestError:
    megabytes, most = size / 1048576, limit // 1048576
    return IngestError(
        f"너무 큰 파일입니다({megabytes:.0f}MB). {most}MB까지 읽습니다.",
        f"The file is too large ({megabytes:.0f} MB). Up to {most} MB can be read.",
    )


def too_long(count: int) -> IngestError:
    return IngestError(
        f"너무 긴 글입니다({count // 10000}만 자). 400만 자까지 읽습니다.",
        f"The text is too long ({count:,} characters). Up to 4 million can be read.",
    )


def codec_name(label: str) -> str:
    """Python's name of the codec that a page or a person means by `label`. `EUC-KR` is always cp949, its superset.

    Raises:
        IngestError: no such encoding.
    """
    wanted = label.strip().strip("\"'").lower()
    if wanted in _KOREAN_LABELS:
        return "cp949"
    if wanted in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        return "cp1252"
    try:
        found = codecs.lookup(wanted)
    except (LookupError, ValueError):
        found = None
    # Some codecs of Python are no encodings of text (base64, rot13, zlib).
    if (
        found is None
        or not getattr(found, "_is_text_encoding", True)
        or found.name in {"idna", "punycode", "undefined"}
    ):
        raise IngestError(
            f"모르는 인코딩입니다: {label[:40]!r}. utf-8, cp949, utf-16 같은 이름을 쓰세요.",
            f"Unknown encoding: {label[:40]!r}. Use a name like utf-8, cp949 or utf-16.",
        )
    return "cp949" if found.name in {"euc_kr"} else found.name


def decode(data: bytes, encoding: str | None = None, declared: str | None = None) -> tuple[str, str]:
    """The text, and Python's name of the codec that it was read with.

    Args:
        data: the bytes as they came.
        encoding: what the reader says; taken at their word (bytes that do not fit become U+FFFD).
        declared: what the page or its server says (a label, perhaps wrong); used when the bytes agree.

    Raises:
        IngestError: empty, binary, larger than `MAX_BYTES`, or an unknown `encoding`.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    if not data.removeprefix(codecs.BOM_UTF8).strip(b" \t\r\n\0"):
        raise empty()
    if encoding:
        name = codec_name(encoding)
        return _text(data, name, "replace"), name
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name
    if data.startswith(_BINARY):
        raise binary()
    wide = _utf16(data)
    if wide:
        return data[: len(data) // 2 * 2].decode(wide, "replace"), wide
    if len(_CONTROL.findall(data[:_SAMPLE])) > 2 + min(len(data), _SAMPLE) // 200:
        raise binary()
    return _eight_bit(data, declared)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _eight_bit(data: bytes, declared: str | None) -> tuple[str, str]:
    try:
        return _repair(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        cut = error
    # A page cut off in the middle of a character, or with a few broken bytes, is still UTF-8.
    if cut.start >= len(data) - 3 or _mostly_utf8(data):
        return _repair(data.decode("utf-8", "replace"), "utf-8")
    names = ["cp949"]
    if declared:
        try:
            named = codec_name(declared)
        except IngestError:
            named = ""
        if named and named not in {"utf-8", "cp1252", "cp949"}:
            names.insert(0, named)
    for name in names:
        try:
            return _repair(data.decode(name), name)
        except (UnicodeDecodeError, LookupError):
            continue
    text = data.decode("cp949", "replace")
    hangul = sum(map(len, _HANGUL.findall(text[:20000])))
    if hangul > 20 and text[:20000].count("\ufffd") * 20 < hangul:
        return text, "cp949"
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 4 * _SAMPLE]).best()
    if best is None:
        raise binary()
    return data.decode(best.encoding, "replace"), best.encoding


def _mostly_utf8(data: bytes) -> bool:
    text = data[: 4 * _SAMPLE].decode("utf-8", "replace")
    good = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return good > 20 and text.count("\ufffd") * 20 < good


def _utf16(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` when the bytes are UTF-16 without a mark."""
    sample = data[: min(len(data), _SAMPLE) // 2 * 2]
    # Korean text has spaces, digits and newlines: bytes 20, 0A, 30–39 beside a zero. In no 8-bit text is there a zero.
    if sample.count(0) * 80 < len(sample):
        return None
    # Read the wrong way round, syllables are signs of many scripts and a space is no ASCII.
    read = {name: sample.decode(name, "ignore") for name in ("utf-16-le", "utf-16-be")}
    name = max(read, key=lambda name: len(_PLAIN.findall(read[name])))
    text = read[name]
    fine = sum(1 for char in text if char.isspace() or char.isprintable())
    return name if text and fine > len(text) * 0.98 and len(_PLAIN.findall(text)) > len(text) * 0.8 else None


def _text(data: bytes, name: str, errors: str) -> str:
    text = data.decode(name, errors)
    return text.removeprefix("\ufeff")


def _repair(text: str, name: str) -> tuple[str, str]:
    """Undo one wrong reading: UTF-8 or cp949 that was once read as Latin-1 (or cp1252) and saved again."""
    sample = text[:20000]
    high = sum(map(len, _LATIN_HIGH.findall(sample)))
    if high < 8 or sum(map(len, _HANGUL.findall(sample))) * 4 > high:
        return text, name
    for pattern, width, true in ((_UTF8_AS_LATIN, 3, "utf-8"), (_CP949_AS_LATIN, 2, "cp949")):
        if len(pattern.findall(sample)) * width * 2 < high:
            continue
        repaired = _reread(text, true)
        if repaired is not None:
            return repaired, true
    return text, name


def _reread(text: str, true: str) -> str | None:
    raw = bytearray()
    for char in text:
        code = ord(char)
        if code < 256:
            raw.append(code)
            continue
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            raw += b"?"
    repaired = raw.decode(true, "replace")
    hangul = sum(map(len, _HANGUL.findall(repaired[:20000])))
    return repaired if hangul > 4 and repaired[:20000].count("\ufffd") * 20 <= hangul else None
