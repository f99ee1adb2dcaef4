"""Conditions of a query as SQL on the index."""

from __future__ import annotations

from typing import Any

from store.marked import STATUSES
from store.query import Term


def condition(term: Term) -> tuple[str, list[Any]]:
    """What SQL can judge of a term, as an expression on `articles a` and its values; empty where it cannot."""
    value = term.value
    match term.kind:
        case "title":
            return "instr(fold(a.title), ?)", [value]
        case "source":
            columns = ("a.publisher", "a.original", "a.url")
            return "(" + " OR ".join(f"instr(fold({column}), ?)" for column in columns) + ")", [value] * 3
        case "author":
            return "instr(fold(a.authors), ?)", [value]
        case "tag":
            # "0" comes after "/".
            tagged = "SELECT article FROM mark_tags WHERE folded = ? OR (folded > ? AND folded < ?)"
            return f"a.id IN ({tagged})", [value, f"{value}/", f"{value}0"]
        case "after":
            # As far as both go: a month that begins before the day may still be meant.
            return "substr(a.published, 1, length(?)) >= substr(?, 1, length(a.published))", [value, value]
        case "before":
            return "substr(a.published, 1, length(?)) < substr(?, 1, length(a.published))", [value, value]
        case "has" if value == "note":
            noted = "SELECT article FROM marks WHERE note <> ''"
            return f"(a.note <> '' OR a.id IN ({noted}))", []
        case "has" if value == "marks":
            return "a.marks > 0", []
        case "has" if value == "tags":
            return "a.id IN (SELECT article FROM mark_tags)", []
        case "has":
            return "a.figures > 0", []
        case "is" if value == "truncated":
            return "a.truncated", []
        case "is" if value in STATUSES:
            return "a.id IN (SELECT article FROM marks WHERE status = ?)", [value]
    return "", []
