"""Related passages: for a passage, the best in the other articles; over a library, the figures that agree or may conflict.

Pure over stored texts and extracts; no Kiwi. A threshold on similarity would be useless across subjects, so the best few of each
passage are given, ranked. An inverted index of the sentences' terms keeps it quick on thousands of articles.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest

from msgspec import Struct

from store.korean.concepts import Agreement, agreement, concept
from store.model import BlockType, Extracts, Figure, Page

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}년")
_COMMON = 0.05
"""A term in more than this share of many sentences finds nothing; it still counts for the score."""
_MANY = 2_000
_LEAST = 0.12
"""Below this score a passage has nothing to do with the other."""
_RANK = {"conflict": 0, "same": 1, "related": 2}


class Match(Struct, frozen=True, kw_only=True):
    """A passage of another article. `score` is between 0 and 1; a `conflict` is always only a possible one.

    `figures`: where figures relate the two, the one of the passage and the one of this that give the relation.
    """

    article: str
    start: int
    end: int
    text: str
    score: float
    relation: Agreement
    figures: tuple[Figure, Figure] | None = None


class Pair(Struct, frozen=True, kw_only=True):
    """Two figures of different articles that are about the same thing."""

    first_article: str
    first: Figure
    second_article: str
    second: Figure
    relation: Agreement
    score: float


class _Sentence(Struct, frozen=True):
    article: str
    number: int
    start: int
    end: int
    terms: dict[str, int]


class Corpus:
    """The sentences of a library, indexed by their terms. Not thread-safe."""

    def __init__(self, articles: Iterable[tuple[str, Page, Extracts]] = ()) -> None:
        self._pages: dict[str, Page] = {}
        self._extracts: dict[str, Extracts] = {}
        self._sentences: dict[int, _Sentence] = {}
        self._of: dict[str, list[int]] = {}
        self._postings: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._figures: dict[tuple[str, int], list[Figure]] = {}
        self._about: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._next = 0
        for article, page, extracts in articles:
            self.add(article, page, extracts)

    def __len__(self) -> int:
        return len(self._pages)

    def __contains__(self, article: object) -> bool:
        return article in self._pages

    def add(self, article: str, page: Page, extracts: Extracts) -> None:
        """Takes an article in, in place of what was there under this id."""
        self.discard(article)
        self._pages[article], self._extracts[article] = page, extracts
        numbers: list[int] = []
        headings = {block.start for block in page.blocks if block.type is BlockType.HEADING}
        for i, (span, terms) in enumerate(zip(page.sentences, extracts.terms, strict=False)):
            number = self._next
            self._next += 1
            counts = dict(Counter(terms))
            self._sentences[number] = _Sentence(article, i, span.start, span.end, counts)
            numbers.append(number)
            if span.start in headings:
                continue  # a heading says nothing that the text below it does not say
            for term, count in counts.items():
                self._postings[term][number] = count
        self._of[article] = numbers
        for figure in extracts.figures:
            self._figures.setdefault((article, figure.sentence), []).append(figure)
            about = concept(figure)
            if about is not None and figure.sentence < len(numbers):
                self._about[about.head, about.dimension].add(numbers[figure.sentence])

    def discard(self, article: str) -> None:
        """Takes an article out; nothing happens where it is not in."""
        if article not in self._pages:
            return
        gone = self._of.pop(article)
        for numbers in self._about.values():
            numbers.difference_update(gone)
        for number in gone:
            for term in self._sentences.pop(number).terms:
                entries = self._postings.get(term)
                if entries is None:
                    continue
                entries.pop(number, None)
                if not entries:
                    del self._postings[term]
        for figure in self._extracts[article].figures:
            self._figures.pop((article, figure.sentence), None)
        del self._pages[article], self._extracts[article]

    # ── passages ─────────────────────────────────────────────────────────────────────────────

    def related(self, article: str, start: int, end: int, limit: int = 5) -> list[Match]:
        """The passages of other articles nearest to `[start, end)` of `article`, at most `limit`, at most two of one article.

        Possible conflicts first, then by score, which equal figures raise. Empty for an article that is not in.
        """
        own = [
            self._sentences[n]
            for n in self._of.get(article, ())
            if self._sentences[n].start < end and start < self._sentences[n].end
        ]
        scored = self._similar(article, own)
        candidates: dict[int, tuple[float, Agreement]] = {
            n: (score, "related") for n, score in scored.items()
        }
        by: dict[int, tuple[Figure, Figure]] = {}
        for sentence in own:
            for number, relation, pair in self._by_figures(sentence, start, end, scored):
                score = scored.get(number, 0.0)
                score = min(1.0, score + (min(score, 0.15) if relation == "related" else 0.4))
                before = candidates.get(number)
                if before is None or (_RANK[relation], -score) < (_RANK[before[1]], -before[0]):
                    candidates[number] = (score, relation)
                    by[number] = pair
        best = sorted(
            ((relation, score, n) for n, (score, relation) in candidates.items() if score >= _LEAST),
            key=lambda item: (item[0] != "conflict", -item[1], item[2]),
        )
        chosen: list[Match] = []
        per: Counter[str] = Counter()
        for relation, score, n in best:
            other = self._sentences[n]
            if len(chosen) >= limit:
                break
            if per[other.article] >= 2:
                continue
            per[other.article] += 1
            text = self._pages[other.article].text[other.start : other.end]
            chosen.append(
                Match(
                    article=other.article,
                    start=other.start,
                    end=other.end,
                    text=text,
                    score=round(score, 4),
                    relation=relation,
                    figures=by.get(n),
                )
            )
        return chosen

    def _idf(self, term: str) -> float:
        return math.log((len(self._sentences) + 1) / (len(self._postings.get(term, ())) + 0.5))

    def _similar(self, article: str, own: list[_Sentence]) -> dict[int, float]:
        """Cosine of weighed terms with every sentence of another article that shares a telling one."""
        query: Counter[str] = Counter()
        for sentence in own:
            query.update(sentence.terms)
        weights = {term: count * self._idf(term) for term, count in query.items()}
        size = math.sqrt(sum(w * w for w in weights.values()))
        if not size:
            return {}
        most = max(_MANY, int(_COMMON * len(self._sentences)))
        dots: defaultdict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            entries = self._postings.get(term, {})
            if len(entries) > most:
                continue
            idf = self._idf(term)
            for number, count in entries.items():
                dots[number] += weight * count * idf
        found: dict[int, float] = {}
        for number, dot in nlargest(400, dots.items(), key=lambda item: item[1]):
            sentence = self._sentences[number]
            if sentence.article == article:
                continue
            norm = math.sqrt(sum((c * self._idf(t)) ** 2 for t, c in sentence.terms.items()))
            found[number] = dot / (size * norm) if norm else 0.0
        return found

    def _by_figures(
        self, own: _Sentence, start: int, end: int, scored: dict[int, float]
    ) -> Iterable[tuple[int, Agreement, tuple[Figure, Figure]]]:
        """Sentences whose figures are about the same thing as this one's, with the two figures; of a part of the sentence that has
        figures, only as those are."""
        every = self._figures.get((own.article, own.number), [])
        for figure in [one for one in every if start < one.end and one.start < end] or every:
            about = concept(figure)
            if about is None:
                continue
            for number in sorted(self._about[about.head, about.dimension]):
                other = self._sentences[number]
                if other.article == own.article:
                    continue
                relations = [
                    (r, theirs)
                    for theirs in self._figures.get((other.article, other.number), ())
                    if (r := self._agreement(own.article, figure, other.article, theirs)) is not None
                ]
                if relations:
                    best, theirs = min(relations, key=lambda one: _RANK[one[0]])
                    if best != "related" or number in scored:
                        yield number, best, (figure, theirs)

    def _agreement(self, first: str, a: Figure, second: str, b: Figure) -> Agreement | None:
        one = self._pages[first], self._extracts[first].figures
        return standing(one, a, (self._pages[second], self._extracts[second].figures), b)

    # ── figures over the library ─────────────────────────────────────────────────────────────

    def pairs(self, articles: Iterable[str] | None = None, limit: int = 50) -> list[Pair]:
        """Figures of different articles about the same thing: possible conflicts first, then equal ones, then related ones, each by how
        much their sentences have in common. `articles`: only among these."""
        wanted = set(self._pages if articles is None else articles)
        groups: defaultdict[tuple[str, str], list[tuple[str, Figure]]] = defaultdict(list)
        for article in sorted(wanted & self._pages.keys()):
            for figure in self._extracts[article].figures:
                about = concept(figure)
                if about is not None:
                    groups[about.head, about.dimension].append((article, figure))
        found: list[Pair] = []
        for group in groups.values():
            for i, (first, a) in enumerate(group):
                for second, b in group[i + 1 :][:_PAIRED]:
                    if first == second:
                        continue
                    relation = self._agreement(first, a, second, b)
                    if relation is not None:
                        found.append(
                            Pair(
                                first_article=first,
                                first=a,
                                second_article=second,
                                second=b,
                                relation=relation,
                                score=round(self._likeness(first, a, second, b), 4),
                            )
                        )
        found.sort(key=lambda pair: (_RANK[pair.relation], -pair.score, pair.first_article, pair.first.start))
        return found[:limit]

    def _likeness(self, first: str, a: Figure, second: str, b: Figure) -> float:
        one = self._sentences[self._of[first][a.sentence]].terms
        two = self._sentences[self._of[second][b.sentence]].terms
        shared = sum(one[t] * two[t] * self._idf(t) ** 2 for t in one.keys() & two.keys())
        sizes = math.sqrt(
            sum((c * self._idf(t)) ** 2 for t, c in one.items())
            * sum((c * self._idf(t)) ** 2 for t, c in two.items())
        )
        return shared / sizes if sizes else 0.0


_PAIRED = 400
"""How many others of its kind a figure is held against; a library of thousands has more than anybody reads."""


def between(one: Page, a: Figure, two: Page, b: Figure) -> Agreement | None:
    """How two figures stand to each other where they stand in their articles."""
    return agreement(
        a,
        b,
        one.text[a.end : a.end + 16],
        two.text[b.end : b.end + 16],
        (years(one, a), years(two, b)),
    )


def standing(
    first: tuple[Page, Sequence[Figure]], a: Figure, second: tuple[Page, Sequence[Figure]], b: Figure
) -> Agreement | None:
    """How a figure of an article stands to one of another, in view of all the figures of both: two articles that both give both figures
    (a repost and what it was taken from) do not contradict each other by them."""
    (one, ours), (two, theirs) = first, second
    found = between(one, a, two, b)
    if (
        found == "conflict"
        and any(between(one, own, two, b) == "same" for own in ours)
        and any(between(one, a, two, other) == "same" for other in theirs)
    ):
        return "related"
    return found


def years(page: Page, figure: Figure) -> frozenset[str]:
    """The years that the sentence of a figure names."""
    span = page.sentences[figure.sentence]
    return frozenset(_YEAR.findall(page.text[span.start : span.end]))
