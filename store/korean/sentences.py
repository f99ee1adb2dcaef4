"""Sentences by rules: no dictionary, no model, so that an article can be read the moment it is parsed.

A sentence ends at `.`, `?`, `!` or `…` where that is a full stop and not a decimal point, a date, a list number or an
abbreviation. What stands in quotation marks or brackets is kept whole, unless it is long or all of its paragraph, and whatever closes a sentence (quotation mark,
bracket, `(A씨)`, `^^`) stays with it. Everything is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from store.model import Block, BlockType, Span

_LINES = {BlockType.HEADING, BlockType.CAPTION, BlockType.TABLE, BlockType.REFERENCE}

_PAIRS = {
    "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "(": ")", "[": "]", "（": "）", "【": "】", "«": "»",
}  # fmt: skip
_CLOSERS = frozenset("\"'”’」』》〉)]）】»>*")
_QUOTES = frozenset("\"'“”‘’")
_MARK = re.compile(r"[\"'“‘「『《〈(\[（【«”’」』》〉)\]）】»]")
_LONGEST_KEPT = 500
_LONGEST_SPEECH = 150
"""A bracket or a quotation longer than this many code points is split inside: as one sentence it would be of no use to the cursor."""
_SPEAKER = re.compile(r"\s*(?:\([^()\n]{1,40}\))?[.?!]*\s*")

_CLEAR = "다요죠까"
"""Syllables that a full sentence ends in; enough to take an unusual mark (`…`, no space after `.`) for its end."""
_NOTE_ENDS = "다요죠까음함임됨것"
# What can only go on with the sentence that quotes: "…" 라고 했다.
_GOES_ON = re.compile(
    r"(?:이?라(?:고|며|면서|는|던|거나|니|도|든지)|이?란|[고는며]|하(?:고|며|면서|는|던|자|니)|했|한다|묻|물었|말(?:하|했)|답(?:하|했)|외[치쳤]|되[묻물]|반문|등|같은|처럼|따위|식의)(?![가-힣]*\s*[“\"])"
)
_PARTICLE = re.compile(r"[을를이가은는의도만과와로에]|으로|에서|까지|부터|에게")
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z.])(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Inc|Corp|Co|Ltd|vs|cf|No|Nos|pp?|vol|ed|eds|al|etc|fig|"
    r"Fig|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|dept|est|Gov|Gen|Sen|Rep)$"
)
_LATIN_WORD = re.compile(r"\s+[a-z]")
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[가나다라마바사아자차카타파하]|[ivxIVX]{1,4}|[A-Za-z])$")
_DATE_BEFORE = re.compile(
    r"(?:^|\D)(?:(?:\d{4}|\d{2})\. ?)?\d{1,2}\. ?\d{1,2}$|(?:^|\D)(?:19|20)\d{2}(?:\. ?\d{1,2})?$"
)
_AFTER = re.compile(r"\s*(?:\([^()\n]{1,40}\)|\[\d{1,3}\])(?=\s|$|[.?!])[.?!]*")
_SMILE = re.compile(
    r"\s*(?:\^+[_.]*\^+|[ㅋㅎㅠㅜ]+|[:;]-?[)D(]|~+|♥|♡|[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]+)(?=\s|$)"
)
_BARE_END = re.compile(
    r"(?:[가-힣]니|[았었했였됐났갔왔졌렸겼켰혔])다(?=\s)|[가-힣](?:세요|[에예해어아여네군까]요|지요|죠)(?=\s)"
)
_BARE_LENGTH = 80


def split_sentences(text: str, blocks: Sequence[Block]) -> tuple[Span, ...]:
    """The sentences of `text`, in order, not overlapping, each inside one block.

    Headings, captions, table rows and references are one span a line. No span is empty or begins or ends with white space.
    Every character of a block that is not white space is in some span. Offsets are code points into `text`.
    """
    spans: list[Span] = []
    for block in blocks:
        lines = block.type in _LINES
        body = text[block.start : block.end]
        for start, end in _line_spans(body) if lines else _sentence_spans(body):
            while start < end and body[start].isspace():
                start += 1
            while end > start and body[end - 1].isspace():
                end -= 1
            if start < end:
                spans.append(Span(start=block.start + start, end=block.start + end))
    return tuple(spans)


def _line_spans(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in body.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _sentence_spans(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    ends = _ends(body)
    if not ends and len(body) > _BARE_LENGTH:
        ends = _bare_ends(body)
    for end in ends:
        if end > start:
            yield start, end
            start = end
    if start < len(body):
        yield start, len(body)


def _ends(body: str) -> list[int]:
    """Offsets just after each sentence but the last."""
    kept = _kept_whole(body)
    ends: list[int] = []
    start = 0
    at = 0
    next_kept = 0
    for candidate in _candidates(body):
        if candidate < at:
            continue
        while next_kept < len(kept) and kept[next_kept][1] <= candidate:
            next_kept += 1
        if next_kept < len(kept) and kept[next_kept][0] < candidate:
            opened, closed = kept[next_kept]
            # “…했다.” may end the sentence with it; ‘…?’ and (…) only where they began it.
            if candidate < closed - 1 or (body[opened] not in '"“' and body[start:opened].strip()):
                continue
        end = _end_at(body, start, candidate)
        if end is None or end >= len(body):
            continue
        ends.append(end)
        start = at = end
    return ends


def _candidates(body: str) -> Iterator[int]:
    """Offsets at which a sentence may end: after a run of marks, after a closing quotation mark, at a line's end."""
    for match in re.finditer(r"[.?!…。！？]+|[\"”](?=\s*\()|\n", body):
        yield match.start() if match[0] == "\n" else match.end()


def _end_at(body: str, start: int, at: int) -> int | None:
    """Where the sentence ends whose marks end at `at`; None where it does not."""
    if at < len(body) and body[at] == "\n" and (at == 0 or body[at - 1] not in ".?!…。！？"):
        stripped = body[start:at].rstrip()
        return at if stripped and stripped.rstrip("\"'”’)]")[-1:] in tuple(_NOTE_ENDS) else None
    if body[at - 1] in '"”':
        return _after_quotation(body, at)
    marks = at
    while marks > start and body[marks - 1] in ".?!…。！？":
        marks -= 1
    run = body[marks:at]
    before = body[marks - 1] if marks > start else ""
    end = at
    while end < len(body) and body[end] in _CLOSERS:
        end += 1
    closed = end > at
    if end < len(body) and not body[end].isspace():
        bracket = _AFTER.match(body, end)
        if bracket is not None:
            end = bracket.end()
        elif closed or run != "." or before not in _CLEAR or not (_hangul(body[end]) or body[end] in "\"“‘'"):
            # "…했다."라고 goes on; only `했다.그는`, typed without the space, ends.
            return None
        elif _GOES_ON.match(body, end):
            return None
    if not before or before.isspace():
        return None
    if run.startswith("…") or (len(run) > 1 and set(run) <= {".", "…"}):
        if closed or (before not in _CLEAR and not (body[end : end + 1] == "\n" and before in _NOTE_ENDS)):
            return None
    elif run == "." and not closed and not _full_stop(body, start, marks, end):
        return None
    if _goes_on(body, end, closed):
        return None
    return _with_tail(body, end)


def _full_stop(body: str, start: int, dot: int, end: int) -> bool:
    """Whether the single `.` at `dot` ends a sentence that began at `start`."""
    before = body[dot - 1]
    word = body[max(start, dot - 24) : dot]
    token = word.split()[-1] if word.split() else ""
    at_start = dot - start < 24 and body[start:dot].strip() == token
    if at_start and _LIST_NUMBER.match(token):
        return False
    if before.isdigit():
        following = body[end : end + 8].lstrip()[:1]
        if following.isdigit() or _DATE_BEFORE.search(word):
            return False
    if before.isascii() and before.isalpha():
        return not (_ABBREVIATION.search(word) or _LATIN_WORD.match(body, end))
    return True


def _after_quotation(body: str, at: int) -> int | None:
    """The end of `“…합니다”(A씨)`: a quotation that is a sentence, with its speaker in brackets."""
    inner = body[max(0, at - 6) : at - 1].rstrip(".?!…")
    bracket = _AFTER.match(body, at)
    if bracket is None or not inner or inner[-1] not in _CLEAR:
        return None
    return None if _goes_on(body, bracket.end(), True) else _with_tail(body, bracket.end())


def _goes_on(body: str, end: int, closed: bool) -> bool:
    """Whether what follows belongs to the same sentence: “왜?” 라고 물었다."""
    following = body[end : end + 12]
    if not following[:1].isspace():
        return False
    following = following.lstrip(" ")
    if closed and _GOES_ON.match(following):
        return True
    return closed and bool(re.match(rf"(?:{_PARTICLE.pattern})(?:\s|$)", following))


def _with_tail(body: str, end: int) -> int:
    """`end`, moved over what still belongs to the sentence: brackets, `^^`, an emoji."""
    for tail in (_AFTER, _SMILE, _SMILE):
        match = tail.match(body, end)
        if match is not None and "\n" not in match[0]:
            end = match.end()
    return end


def _kept_whole(body: str) -> list[tuple[int, int]]:
    """Outermost quotations and brackets `[start, end)` in which no sentence ends; unpaired marks count for nothing."""
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for match in _MARK.finditer(body):
        mark, at = match[0], match.start()
        if mark in "\"'":
            before = body[at - 1] if at else " "
            after = body[at + 1] if at + 1 < len(body) else " "
            opened = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == mark), None)
            if opened is not None and not (mark == "'" and before.isspace()):
                if (
                    mark == "'"
                    and before.isascii()
                    and before.isalpha()
                    and after.isascii()
                    and after.isalpha()
                ):
                    continue
                pairs.append((stack[opened][1], at + 1))
                del stack[opened:]
            elif not after.isspace() and (mark == '"' or not (before.isascii() and before.isalnum())):
                stack.append((mark, at))
        elif mark in _PAIRS:
            stack.append((_PAIRS[mark], at))
        else:
            for i in range(len(stack) - 1, max(-1, len(stack) - 9), -1):
                if stack[i][0] == mark:
                    pairs.append((stack[i][1], at + 1))
                    del stack[i:]
                    break
        if len(stack) > 64:  # hopeless nesting; keep the scan linear
            del stack[:32]
    whole: list[tuple[int, int]] = []
    for start, end in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        spoken = body[start] in "\"'“‘"
        if end - start > (_LONGEST_SPEECH if spoken else _LONGEST_KEPT) or (whole and start < whole[-1][1]):
            continue
        if spoken and not body[:start].strip() and _SPEAKER.fullmatch(body, end):
            continue  # a paragraph that is one speech, with at most its speaker in brackets
        whole.append((start, end))
    return whole


def _bare_ends(body: str) -> list[int]:
    """Ends in a text without any full stop: only at endings that cannot be anything else."""
    kept = _kept_whole(body)
    ends = []
    for match in _BARE_END.finditer(body):
        end = match.end()
        if any(start < end < stop for start, stop in kept[:200]):
            continue
        if not _GOES_ON.match(body[end : end + 12].lstrip()):
            ends.append(end)
    return ends


def _hangul(character: str) -> bool:
    return "가" <= character <= "힣"
