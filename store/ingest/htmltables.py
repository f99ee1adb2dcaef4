"""Tables in the tree of a web page: those that show data, and those made of boxes."""

from __future__ import annotations

from typing import Any

from store.text import clean_line

_ROWS = frozenset(("div", "ul", "ol", "li", "dl", "section"))


def in_table(row: Any, tables: dict[Any, bool]) -> bool:
    """Is it a row of a table that shows data? `tables` says of each what it does."""
    parent = row.getparent()
    while parent is not None and parent.tag != "table":
        parent = parent.getparent()
    return parent is not None and tables.get(parent, False)


def is_data(table: Any) -> bool:
    """A table that shows data, not one that lays out the page."""
    if table.find(".//table") is not None:
        return False
    rows = list(table.iter("tr"))[:200]
    counts = [sum(1 for cell in row if cell.tag in {"td", "th"}) for row in rows]
    if len(rows) < 2 or max(counts, default=0) < 2:
        return False
    sizes = [len(cell.text_content()) for row in rows for cell in row if cell.tag in {"td", "th"}]
    return max(sizes, default=0) <= 240 and sum(1 for count in counts if count >= 2) * 2 >= len(rows)


def in_grid(element: Any, tag: str) -> bool:
    """Is it a row of a table that is made of boxes: one of several with as many short cells each, some of them figures?"""
    parent = element.getparent()
    if tag not in _ROWS or parent is None or parent.tag not in _ROWS:
        return False
    grid = parent.get("mj-grid")
    if grid is None:
        grid = "1" if _is_grid(parent) else "0"
        parent.set("mj-grid", grid)
    return bool(grid == "1")


def _is_grid(box: Any) -> bool:
    rows = [[cell for cell in row if isinstance(cell.tag, str)] for row in box if isinstance(row.tag, str)]
    if len(rows) < 3 or not 2 <= len(rows[0]) <= 8 or any(len(row) != len(rows[0]) for row in rows):
        return False
    if any(len(cell) or cell.tag == "a" for row in rows for cell in row):
        return False
    if (box.text or "").strip() or any((row.tail or "").strip() for row in box):
        return False
    cells = [clean_line(cell.text or "") for row in rows for cell in row]
    figures = sum(1 for cell in cells if any(char.isdigit() for char in cell))
    return max(map(len, cells)) <= 40 and figures * 3 >= len(cells)
