"""Conditions of a query: those that SQL judges on the index, and whether an article has been read."""

from __future__ import annotations

from typing import Any

from store.marked import STATUSES
from store.places import Places
from store.query import Query, Term


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


def conditions(query: Query) -> tuple[str, list[Any]]:
    """What SQL can judge of a query, to be joined to other conditions on `articles a`, and its values."""
    parts: list[str] = []
    values: list[Any] = []
    for term in query.terms:
        sql, needed = condition(term)
        if sql:
            parts.append(f"AND {'NOT ' if term.negated else ''}coalesce({sql}, 0)")
            values += needed
    return " ".join(parts), values


def read_state(query: Query, places: Places, id: str) -> bool:
    """Whether an article answers what a query says of its having been read."""
    return all(
        (places.get(id).unread == (term.value == "unread")) != term.negated
        for term in query.terms
        if term.kind == "is" and term.value in ("unread", "read")
    )
