"""Names on KLUE-NER's development set (news sentences): exact spans, kinds aside, beside the runs of Kiwi's NNP and SL."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence

from store.korean.kiwi import Token, tokenise
from store.korean.names import names
from tests.eval.data import folder, table

_MARK = re.compile(r"<([^<>]*):(PS|LC|OG|DT|TI|QT)>")
_KINDS = {"PS": "person", "LC": "place", "OG": "organisation"}
Spans = dict[tuple[int, int], str]


def sentences(source: str = "wikitree") -> list[tuple[str, Spans]]:
    """The sentences of one source with the marks taken out, and the gold names."""
    found = []
    for line in (folder("names") / "klue-ner-dev.tsv").read_text(encoding="utf-8").splitlines():
        name, _, marked = line.partition("\t")
        if not name.endswith(source):
            continue
        text, at, gold = "", 0, {}
        for match in _MARK.finditer(marked):
            text += marked[at : match.start()]
            if match[2] in _KINDS:
                gold[len(text), len(text) + len(match[1])] = _KINDS[match[2]]
            text += match[1]
            at = match.end()
        found.append((text + marked[at:], gold))
    return found


def runs(text: str, tokens: Sequence[Token]) -> Spans:
    """The runs of adjacent NNP and SL."""
    found: list[tuple[int, int]] = []
    for token in tokens:
        if token.tag in ("NNP", "SL"):
            if found and found[-1][1] == token.start:
                found[-1] = (found[-1][0], token.end)
            else:
                found.append((token.start, token.end))
    return dict.fromkeys(found, "")


def ours(text: str, tokens: Sequence[Token]) -> Spans:
    return {(f.start, f.end): f.kind for f in names(text, tokens)}


def without_products(text: str, tokens: Sequence[Token]) -> Spans:
    return {span: kind for span, kind in ours(text, tokens).items() if kind != "product"}


def scored(
    name: str,
    finder: Callable[[str, Sequence[Token]], Spans],
    data: Sequence[tuple[str, Spans]],
    tokens: Sequence[Sequence[Token]],
    verbose: bool,
) -> list[object]:
    hit = predicted = gold = kinds = 0
    for (text, own), each in zip(data, tokens, strict=True):
        found = finder(text, each)
        hit += len(found.keys() & own.keys())
        kinds += sum(found[span] == own[span] for span in found.keys() & own.keys())
        predicted += len(found)
        gold += len(own)
        if verbose:
            for start, end in sorted(found.keys() ^ own.keys()):
                print(
                    "-" if (start, end) in own else "+",
                    text[start:end],
                    own.get((start, end)) or found.get((start, end)),
                    "|",
                    text[max(0, start - 12) : end + 12],
                )
    precision, recall = hit / predicted, hit / gold
    return [name, precision, recall, 2 * precision * recall / (precision + recall), kinds / hit]


def main() -> None:
    for source in ("wikitree", "nsmc"):
        data = sentences(source)
        tokens = tokenise([text for text, _ in data])
        verbose = "-v" in sys.argv and source == "wikitree"
        print(f"{source}: {len(data)} sentences, {sum(len(gold) for _, gold in data)} names")
        table(
            ["", "precision", "recall", "F1", "kind"],
            [
                scored("runs of NNP and SL", runs, data, tokens, False),
                scored("밑줄", ours, data, tokens, verbose),
                scored("밑줄 without products", without_products, data, tokens, False),
            ],
        )
