"""Files made for the tests: articles of our own in formats that cannot be written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

PARAGRAPHS = (
    "새벽 네 시의 수산 시장은 벌써 한낮처럼 밝았다. 경매사 남도현 씨는 서른 해째 같은 자리에서 종을 울린다.",
    "그는 손가락 두 개로 값을 부르는 사람들의 눈빛을 읽는 것이 일의 전부라고 말했다. 하루에 팔려 나가는 생선은 42톤이다.",
    "시장은 내년 봄 새 건물로 옮겨 간다. 상인 318명 가운데 41명은 따라가지 않기로 했다.",
)
TITLE = "새벽을 파는 사람들"
BODY = "\n\n".join(PARAGRAPHS)


def epub(
    chapters: Sequence[tuple[str, str]], *, extra: dict[str, bytes] | None = None, hrefs: Sequence[str] = ()
) -> bytes:
    """A book: (name of the file, XHTML body) in the order of its spine."""
    names = list(hrefs) or [name for name, _ in chapters]
    items = "".join(
        f'<item id="c{i}" href="{name}" media-type="application/xhtml+xml"/>' for i, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(names)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>새벽을 파는 사람들</dc:title><dc:creator>권이든</dc:creator>'
        "<dc:publisher>물결책방</dc:publisher><dc:date>2024-11-02T00:00:00Z</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/epub+zip")
        file.writestr("META-INF/container.xml", container)
        file.writestr("OEBPS/book.opf", package)
        for name, body in chapters:
            html = f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
            file.writestr(f"OEBPS/{name}", html)
        for name, data in (extra or {}).items():
            file.writestr(name, data)
    return out.getvalue()


def pdf(pages: Sequence[Sequence[str]], *, title: str = "") -> bytes:
    """A PDF with these lines on its pages, in a font that maps its codes to Unicode."""
    codes = sorted({ord(char) for page in pages for line in page for char in line})
    maps = "\n".join(f"<{code:04x}> <{code:04x}>" for code in codes)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{maps}\nendbfchar\nendcmap end end"
    ).encode()
    objects: list[bytes] = []

    def add(data: bytes) -> int:
        objects.append(data)
        return len(objects)

    def stream(data: bytes) -> bytes:
        return b"<< /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"

    to_unicode = add(stream(cmap))
    cid = add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>"
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
        % (cid, to_unicode)
    )
    parent = len(objects) + 2 * len(pages) + 1
    kids = []
    for page in pages:
        shows = "".join(
            f"1 0 0 1 50 {780 - 20 * row} Tm <{''.join(f'{ord(char):04x}' for char in line)}> Tj\n"
            for row, line in enumerate(page)
        )
        content = add(stream(f"BT /F1 12 Tf\n{shows}ET".encode()))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 %d 0 R >> >> /Contents %d 0 R >>"
                % (parent, font, content)
            )
        )
    add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    root = add(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
    information = add(b"<< /Title <feff%s> >>" % title.encode("utf-16-be").hex().encode())
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, data in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + data + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        root,
        information,
        start,
    )
    return bytes(out)
