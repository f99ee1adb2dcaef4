"""The JSON shapes of the command line's contract, out of the records. Other programs hold on to them."""

from __future__ import annotations

from typing import Any

from store.model import Added, Annotation, Article, Extracts, Figure, Hit, Summary
from store.samples import is_sample


def of_sample(id: str) -> dict[str, bool]:
    """The field that only sample pages, and what is found in them, have."""
    return {"sample": True} if is_sample(id) else {}


def added(item: Added, message: str | None) -> dict[str, Any]:
    return {"path": item.path, "status": item.status, "id": item.id, "title": item.title, "error": message}


def summary(item: Summary) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "publisher": item.publisher,
        "authors": list(item.authors),
        "published": item.published,
        "url": item.url,
        "added": item.added,
        "annotations": item.annotations,
        "truncated": item.truncated,
        **of_sample(item.id),
    }


def article(item: Article) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "subtitle": item.subtitle,
        "publisher": item.publisher,
        "authors": list(item.authors),
        "published": item.published,
        "url": item.url,
        "original_source": item.original_source,
        "truncated": item.truncated,
        "summary": list(item.summary),
        "text": item.text,
        "blocks": [
            {
                "type": str(b.type),
                "level": b.level,
                "start": b.start,
                "end": b.end,
                "text": item.slice(b.start, b.end),
            }
            for b in item.blocks
        ],
        "sentences": [{"start": s.start, "end": s.end} for s in item.sentences],
        "removed": removed(item),
        "raw": {"sha256": item.raw.sha256, "encoding": item.raw.encoding, "media_type": item.raw.media_type},
    }


def removed(item: Article) -> list[dict[str, Any]]:
    return [{"text": r.text, "reason": r.reason} for r in item.removed]


def figure(item: Figure) -> dict[str, Any]:
    return {
        "surface": item.surface,
        "value": list(item.value) if isinstance(item.value, tuple) else item.value,
        "unit": item.unit,
        "kind": item.kind,
        "qualifier": item.qualifier,
        "measures": item.measures,
        "start": item.start,
        "end": item.end,
        "sentence": item.sentence,
    }


def extracts(item: Extracts) -> dict[str, Any]:
    return {
        "key_sentences": [
            {"start": k.start, "end": k.end, "text": k.text, "score": k.score} for k in item.key_sentences
        ],
        "keywords": [{"text": k.text, "score": k.score, "count": k.count} for k in item.keywords],
        "figures": [figure(f) for f in item.figures],
        "names": [{"text": n.text, "kind": n.kind, "count": n.count} for n in item.names],
    }


def hit(item: Hit) -> dict[str, Any]:
    return {
        "article": item.article,
        "title": item.title,
        "start": item.start,
        "end": item.end,
        "text": item.text,
        "score": item.score,
        **of_sample(item.article),
    }


def annotation(item: Annotation) -> dict[str, Any]:
    return {
        "id": item.id,
        "article": item.article,
        "start": item.start,
        "end": item.end,
        "exact": item.exact,
        "prefix": item.prefix,
        "suffix": item.suffix,
        "tags": list(item.tags),
        "note": item.note,
        "status": str(item.status),
        "created": item.created,
        "updated": item.updated,
    }
