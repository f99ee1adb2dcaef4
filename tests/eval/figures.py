"""Figures against Microsoft's Recognizers-Text specifications and against a gold of our own for the five real pages.

A prediction hits a gold figure that it overlaps. Precision counts predictions with a gold figure under them (only meaningful
where the gold has every kind, so for the pages), recall gold figures with a prediction, and the two accuracies the
hits with the right value, and with the right value and unit. "correct" is gold figures with both, of all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from store.ingest import parse
from store.korean.analyse import analyse
from store.korean.dates import Base
from store.korean.figures import Found, figures
from store.korean.kiwi import tokenise
from tests.eval.data import folder, load, real_pages, table
from tests.eval.gold import FIGURES

SETS = {
    "percent": "Number_PercentModel.json",
    "currency": "NumberWithUnit_CurrencyModel.json",
    "number": "Number_NumberModel.json",
    "dimension": "NumberWithUnit_DimensionModel.json",
    "date": "DateTime_DateTimeModel.json",
}

# Units of the specifications, as ours: those that a text in Korean writes, or the code of a currency; with what one is worth in ours.
UNITS: dict[str, tuple[set[str], float]] = {
    "Dollar": ({"USD"}, 1), "United States dollar": ({"USD"}, 1), "Canadian dollar": ({"CAD"}, 1), "Australian dollar": ({"AUD"}, 1),
    "Hong Kong dollar": ({"HKD"}, 1), "Pound": ({"GBP", "파운드"}, 1), "Euro": ({"EUR"}, 1), "Franc": ({"CHF", "FRF"}, 1), "Swiss franc": ({"CHF"}, 1),
    "Cent": ({"USD"}, 0.01), "Pence": ({"GBP"}, 0.01), "Penny": ({"GBP"}, 0.01), "Japanese yen": ({"JPY"}, 1), "Chinese yuan": ({"CNY"}, 1),
    "Peseta": ({"ESP"}, 1), "Finnish markka": ({"FIM"}, 1), "Netherlands guilder": ({"NLG"}, 1), "Costa Rican colón": ({"CRC"}, 1),
    "Georgian lari": ({"GEL"}, 1), "Lao kip": ({"LAK"}, 1), "Sri Lankan rupee": ({"INR", "LKR"}, 1),
    "Milliliter": ({"밀리리터", "mL", "ml"}, 1), "Inch": ({"인치"}, 1), "Mile": ({"마일"}, 1), "Barrel": ({"배럴"}, 1), "Foot": ({"피트"}, 1),
    "Ounce": ({"온스"}, 1), "Acre": ({"에이커"}, 1), "Gallon": ({"갤런"}, 1), "Cubic foot": ({"입방피트"}, 1), "Square meter": ({"평방미터", "제곱미터", "m²"}, 1),
    "Ton": ({"톤"}, 1), "Metric ton": ({"미터톤"}, 1), "Bit": ({"비트"}, 1), "Mile per hour": ({"시속 마일"}, 1), "Meter": ({"미터", "m"}, 1),
    "Kilometer": ({"킬로미터", "km"}, 1), "Millimeter": ({"밀리미터", "mm"}, 1), "Square kilometer": ({"제곱킬로미터", "km²"}, 1),
    "Decimeter": ({"데시미터"}, 1), "Megabyte": ({"메가바이트", "MB"}, 1), "Picometer": ({"피코미터", "pm"}, 1),
}  # fmt: skip


class Gold(NamedTuple):
    start: int
    end: int
    value: object
    units: set[str] | None
    """None: any unit will do."""


class Score:
    """Counts over a set."""

    def __init__(self) -> None:
        self.gold = self.predicted = self.hit = self.under = self.value = self.right = 0
        self.missed: list[str] = []

    def add(self, text: str, gold: list[Gold], predicted: list[Found]) -> None:
        self.gold += len(gold)
        self.predicted += len(predicted)
        self.under += sum(any(p.start < g.end and g.start < p.end for g in gold) for p in predicted)
        for g in gold:
            over = [p for p in predicted if p.start < g.end and g.start < p.end]
            self.hit += bool(over)
            valued = [p for p in over if same_value(g.value, p.value)]
            right = [p for p in valued if g.units is None or p.unit in g.units]
            self.value += bool(valued)
            self.right += bool(right)
            if not right:
                self.missed.append(
                    f"{text[g.start : g.end]!r} {g.value} {g.units or ''}: {[(text[p.start : p.end], p.value, p.unit) for p in over]}  in {text[:70]!r}"
                )
        for p in predicted:
            if not any(p.start < g.end and g.start < p.end for g in gold):
                self.missed.append(
                    f"+ {text[p.start : p.end]!r} {p.value} in {text[max(0, p.start - 15) : p.end + 15]!r}"
                )

    def row(self, name: str) -> list[object]:
        def part(a: int, b: int) -> float:
            return a / b if b else math.nan

        return [
            name, self.gold, part(self.under, self.predicted), part(self.hit, self.gold), part(self.value, self.hit),
            part(self.right, self.hit), part(self.right, self.gold),
        ]  # fmt: skip


def same_value(gold: object, own: object) -> bool:
    """Equal within a millionth; ranges end by end; strings (dates) exactly."""
    if isinstance(gold, (list, tuple)):
        return isinstance(own, tuple) and len(own) == 2 and all(map(same_value, gold, own))
    if isinstance(gold, (int, float)):
        return isinstance(own, (int, float)) and math.isclose(gold, own, rel_tol=1e-6, abs_tol=1e-15)
    return gold == own


def specification(kind: str) -> Iterable[tuple[str, list[Gold], Base | None]]:
    """The inputs of a specification, with their gold figures."""
    for case in load(folder("figures") / SETS[kind]):
        text = case["Input"]
        gold: list[Gold] = []
        at = 0
        for result in case["Results"]:
            surface = result["Text"].strip()
            start = text.find(surface, at)
            if start < 0:
                continue  # a few of the specification's texts are English
            at = start + len(surface)
            resolution = result.get("Resolution") or {}
            if kind == "date":
                values = [v.get("timex") for v in resolution.get("values", [])]
                gold.append(Gold(start, at, values[0] if values else None, None))
                continue
            if resolution.get("value") is None:
                continue
            value = float(str(resolution["value"]).rstrip("%"))
            units: set[str] | None = None
            if kind in ("currency", "dimension"):
                units, factor = UNITS.get(resolution["unit"], ({resolution["unit"]}, 1.0))
                value *= factor
            elif kind == "percent":
                units = {"%"}
            gold.append(Gold(start, at, value, units))
        when = case.get("Context", {}).get("ReferenceDateTime", "")
        yield text, gold, Base.of(when[:10])


def specifications(verbose: bool) -> list[list[object]]:
    rows = []
    for kind in SETS:
        score = Score()
        cases = list(specification(kind))
        for (text, gold, base), tokens in zip(cases, tokenise([text for text, _, _ in cases]), strict=True):
            own = figures(text, tokens, base)
            if kind in ("currency", "dimension", "percent", "date"):
                # The specification of one kind says nothing of the others.
                own = [p for p in own if any(p.start < g.end and g.start < p.end for g in gold)]
            score.add(text, gold, own)
        rows.append(score.row(kind))
        if verbose:
            print(f"-- {kind}")
            for line in score.missed:
                print("  ", line)
    return rows


def pages() -> tuple[list[object], list[str]]:
    """The five real pages against the gold in `tests.eval.gold`: surfaces in the order in which they stand."""
    score = Score()
    for path in real_pages():
        (page, _), *_rest = parse(path.read_bytes(), name=path.name)
        gold: list[Gold] = []
        at = 0
        for surface, value, unit in FIGURES[path.name[:3]]:
            start = page.text.find(surface, at)
            if start < 0:
                print(f"gold figure not in the text of {path.name}: {surface}")
                continue
            at = start + len(surface)
            gold.append(Gold(start, at, value, {unit} if unit else None))
        own = [Found(f.start, f.end, f.value, f.unit, f.kind, f.qualifier) for f in analyse(page).figures]
        score.add(page.text, gold, own)
    return score.row("five real pages"), score.missed


def main() -> None:
    import sys

    verbose = "-v" in sys.argv
    row, missed = pages()
    table(
        ["set", "gold", "precision", "recall", "value", "value+unit", "correct"],
        [row, *specifications(verbose)],
    )
    for line in missed:
        print("  ", line)
