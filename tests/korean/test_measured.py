"""What was reached on the development data must not be lost. Skipped, saying so, where the data are absent."""

from __future__ import annotations

from store.korean.kiwi import tokenise
from tests.places import needs_eval, needs_real_pages


def share(cell: object) -> float:
    """A cell of a table of results, which is from 0 to 1."""
    assert isinstance(cell, float)
    return cell


@needs_eval
def test_figures_of_the_specifications() -> None:
    from tests.eval.figures import specifications

    reached = {row[0]: share(row[4]) for row in specifications(verbose=False)}
    least = {"percent": 0.95, "currency": 0.93, "dimension": 0.9, "number": 0.85}
    assert {name: reached[name] for name in least} == {
        name: reached[name] for name in least if reached[name] >= least[name]
    }


@needs_eval
@needs_real_pages
def test_figures_of_the_real_pages() -> None:
    from tests.eval.figures import pages

    row, missed = pages()
    assert row[2:] == [1.0] * 5, missed


@needs_eval
def test_key_sentences_stay_ahead() -> None:
    from tests.eval.keysentences import Ranking, documents, first_three, longest, ours, term_probability

    docs = documents()

    def mean(ranking: Ranking) -> float:
        return sum(first_three(ranking(document), document) for document in docs) / len(docs)

    assert mean(ours) >= 0.7
    assert mean(ours) > max(mean(longest), mean(term_probability))


@needs_eval
def test_names_stay_ahead() -> None:
    from tests.eval.names import ours, runs, scored, sentences

    data = sentences()[:200]
    tokens = tokenise([text for text, _ in data])
    rules, baseline = (share(scored("", finder, data, tokens, False)[3]) for finder in (ours, runs))
    assert rules >= baseline + 0.1
