"""Which articles have a word, in their text or in their names."""

from __future__ import annotations

from store.index import Index
from store.korean.forms import meant, other_forms
from store.query import Term
from store.tables import unpack
from store.terms import contains, fold, is_exact, match


def with_word(index: Index, term: Term) -> set[int]:
    """The articles (numbers) in which a word occurs, or whose names it fits."""
    word = term.value
    found = in_text(index, word)
    if term.kind == "word":
        if not found and not term.negated and (typed := meant(word)) and not is_named(index, word):
            return with_word(index, Term("word", typed))
        found |= in_names(index, word)
        if not found and not term.negated:
            for form in other_forms(word):
                found |= in_text(index, fold(form))
    return found


def in_text(index: Index, word: str) -> set[int]:
    """The articles in whose text, title, subtitle or summary a folded word stands."""
    expression = match(word)
    if is_exact(word):
        return {row[0] for row in index.rows("SELECT rowid FROM body WHERE body MATCH ?", (expression,))}
    sql = "SELECT t.n, t.text, t.head FROM packed t"
    values: tuple[str, ...] = ()
    if expression:
        sql, values = f"{sql} WHERE t.n IN (SELECT rowid FROM body WHERE body MATCH ?)", (expression,)
    return {
        n for n, text, head in index.rows(sql, values) if contains(unpack(text), word) or contains(head, word)
    }


def in_names(index: Index, word: str) -> set[int]:
    """The articles whose title, publisher, authors or keywords, or whose marks' tags, a word fits: literally, by 초성, or typed in
    the wrong mode."""
    from store.korean.choseong import choseong, matches, pattern

    found: set[int] = set()
    fits, initials = pattern(word).search, choseong(word)
    for form in {word, *_other_mode(word)} | ({initials} if initials == word or _has_jamo(word) else set()):
        if expression := match(form):
            rows = index.rows(
                "SELECT n, names FROM names WHERE n IN (SELECT rowid FROM name_terms WHERE name_terms MATCH ?)",
                (expression,),
            )
            found |= {n for n, names in rows if fits(names)}
    tags = [tag for (tag,) in index.rows("SELECT DISTINCT tag FROM mark_tags") if matches(word, tag)]
    for tag in tags[:100]:
        found |= {
            row[0]
            for row in index.rows(
                "SELECT n FROM articles WHERE id IN (SELECT article FROM mark_tags WHERE tag = ?)", (tag,)
            )
        }
    return found


def is_named(index: Index, word: str) -> bool:
    """Whether a folded word stands as it is in the names of any article, or in a tag."""
    rows = index.rows(
        "SELECT names FROM names WHERE n IN (SELECT rowid FROM name_terms WHERE name_terms MATCH ?)",
        (match(word),),
    )
    if any(contains(names, word) for (names,) in rows):
        return True
    return bool(index.rows("SELECT 1 FROM mark_tags WHERE instr(folded, ?) LIMIT 1", (word,)))


def _other_mode(word: str) -> set[str]:
    """What the keys would have given with the keyboard in the other mode."""
    from store.korean.dubeolsik import compose, keystrokes

    return {fold(compose(word))} if word.isascii() else {fold(keystrokes(word))}


def _has_jamo(word: str) -> bool:
    return any("ㄱ" <= character <= "ㅎ" for character in word)
