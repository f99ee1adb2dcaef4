"""The article's own lines: paragraphs, headings, lists, quotations, tables, footnotes and references, and the furniture among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.draft import Kept, Out
from store.ingest.ending import ITEM_MARKS, NOTE, NOTES, POLITE, REFERENCES, find_end, is_polite, read_rest
from store.ingest.furniture import _SPOKEN_OF, SAYS, SPEAKER
from store.ingest.head import HEADING_MARKS, Head
from store.ingest.headings import goes_on, heading_key, heading_levels, tells
from store.ingest.lines import Line
from store.ingest.people import split_byline
from store.ingest.titles import same
from store.model import BlockType

_PICTURE = re.compile(r"이미지|사진|확대|큰사진|image|그림|포토", re.I)
SHOWS = re.compile(
    r"(?:(?:하|되|지|이|서|나|보|고|치|리|기|들|우|으|있|걷|앉|쓰)고 있다|있는 모습(?:이다)?|모습(?:이다)?|장면(?:이다)?|전경|열리고 있다|있는 가운데.{0,30}있다)[.\s]*(?:[가-힣]{2,6}=\S.{0,20})?$"
)
_CREDIT_END = re.compile(
    r"(?:제공|뉴스1|연합뉴스|뉴시스|기자|사진|캡처|갈무리|DB|자료|AP|AFP|로이터|게티이미지\S{0,4})\W{0,3}$"
)
_QUESTION = re.compile(r"^(?:Q\d{0,2}\s?[.:)]|문\s?[.:)]|[-―–—]\s?|\[질문\]|질문\s?[.:)]|▶\s?[^.]{4,80}\?$)")
_ANSWER = re.compile(r"^(?:A\d{0,2}\s?[.:)]|답\s?[.:)]|\[답변\])")
_EDIT = re.compile(r"\s?\[편집\]$")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s")
_TABLE_RULE = re.compile(r"^[|\s:-]+$")
_TABLE_TITLE = re.compile(
    r"^[<〈\[【(]?\s?(?:표|그림|도표|table)\s?\d{0,2}(?:\W|$)|단위\s?[:：]|(?:기준|단위)\s?\)$", re.I
)
_DATED = re.compile(r"\d{2}[.-]\d{2}\W*$")


_FINAL_MARK = re.compile(
    r"^[<(〈\[【\-~·◆■]*\s?(?:끝|이상|END|完|계속|다음에 계속|to be continued)\s?[.>)〉\]】\-~]*$", re.I
)


def read_body(lines: Sequence[Line], start: int, last: int, tail: int, found: Head) -> list[Kept | Out]:
    """Everything from line `start` to the end of the page, as blocks and left-out lines.

    `[start, last)` is the run of prose, `tail` the first line that is surely behind the article.
    """
    polite = is_polite(lines[start:last])
    end = find_end(lines, start, last, tail, found)
    parts: list[Kept | Out] = []
    state = _State(found, polite, heading_levels(lines[start:end]))
    index = start
    while index < end:
        index = state.take(lines, index, end, parts)
    read_rest(lines, end, found, parts)
    return parts


class _State:
    """What reading the lines one after the other has to remember."""

    def __init__(self, found: Head, polite: bool, levels: dict[str, int]) -> None:
        self.found = found
        self.polite = polite
        self.levels = levels
        self.section = ""
        self.related = 0
        self.related_mark = ""
        self.headlines: list[int] = []
        """Lengths of the headlines of other stories that stand in a row here."""
        self.kept = -1
        """The index of the last line that was kept."""
        self.after_picture = False
        self.seen: set[str] = set()

    def take(self, lines: Sequence[Line], index: int, end: int, parts: list[Kept | Out]) -> int:
        """Read the line at `index`; the index of the next to read."""
        line = lines[index]
        if index in self.found.used:
            parts += self.found.used[index]
            return index + 1
        reason = self._furniture(lines, index, end, parts)
        if reason:
            parts.append(Out(line.text, reason, line.number))
            self.after_picture = reason == "image" or (
                reason == "widget" and _PICTURE.search(line.text) is not None
            )
            return index + 1
        if line.mark == "|":
            return _table(lines, index, end, parts)
        self.after_picture = False
        self._keep(lines, index, end, parts)
        self.kept = index
        return index + 1

    def _furniture(self, lines: Sequence[Line], index: int, end: int, parts: list[Kept | Out]) -> str:
        line = lines[index]
        text = line.text
        if line.mark == "---":
            return "rule"
        if self.found.title and line.prose < 60 and same(text, self.found.title):
            return "duplicate_title"
        if self.section == "references" and line.reason not in {
            "copyright",
            "related",
            "comments",
            "share",
            "menu",
        }:
            return ""
        if _FINAL_MARK.match(text):
            return "notice"
        if line.strength >= 3 or (line.strength == 2 and not self._speaks(line)):
            if line.reason == "related" and not line.mark.startswith(("•", "*")) and line.linked < 0.5:
                # A label: what it names follows.
                self.related = 6
                self.related_mark = lines[index + 1].mark if index + 1 < end else ""
                self.headlines = []
            if line.reason in {"byline", "photo_credit"} and _caption_before(lines, index, end, parts):
                return "photo_credit"
            if line.reason == "caption" and self._is_answer_or_note(line):
                return ""
            return line.reason
        if self.related and line.prose < 40 and line.strength < 2 and line.mark[:1] == self.related_mark[:1]:
            self.related -= 1
            dated = _DATED.search(lines[index - 1].text) is not None and _DATED.search(text) is None
            resumes = index + 1 < end and lines[index + 1].prose >= 40 and lines[index + 1].linked < 0.5
            heads = resumes and (dated or line.mark == "#" or self._shorter(text))
            if not heads and not (line.mark and line.mark in HEADING_MARKS):
                self.headlines.append(len(text))
                return "related"
        self.related = 0
        if line.linked > 0.8 and line.prose < 60 and line.mark not in ITEM_MARKS:
            return "related"
        if self.after_picture and len(text) <= 260 and (SHOWS.search(text) or _CREDIT_END.search(text)):
            return "caption"
        if self._is_scene(lines, index, end):
            return "caption"
        if len(text) >= 60 and line.prose:
            if text in self.seen:
                return "duplicate"
            self.seen.add(text)
        return ""

    def _shorter(self, text: str) -> bool:
        """Much shorter than the headlines of other stories above it: a heading of this one."""
        count = len(self.headlines)
        return count >= 2 and len(text) <= 24 and len(text) * count < sum(self.headlines) * 0.75

    def _is_scene(self, lines: Sequence[Line], index: int, end: int) -> bool:
        """What a picture shows, without a stop, between paragraphs that have theirs."""
        line = lines[index]
        if (
            line.mark
            or line.bold
            or not 24 <= len(line.text) <= 160
            or line.text.endswith((".", "?", "!"))
            or self.kept < 0
            or not SHOWS.search(line.text)
        ):
            return False
        following = _next_kept(lines, index, end)
        around = (lines[self.kept], following)
        return all(
            other is not None and other.prose >= 40 and other.text.endswith((".", ".”", '."'))
            for other in around
        )

    def _speaks(self, line: Line) -> bool:
        """A sentence that sounds like a screen's, in an article that is written like that throughout."""
        return (
            line.prose >= 20
            and line.mark not in _ASIDE
            and (self.polite or not POLITE.search(line.text))
            and line.reason in _TOLD
        )

    @staticmethod
    def _is_answer_or_note(line: Line) -> bool:
        return line.prose >= 150

    def _keep(self, lines: Sequence[Line], index: int, end: int, parts: list[Kept | Out]) -> None:
        line = lines[index]
        text = line.text
        if REFERENCES.match(text) or NOTES.match(text):
            self.section = "references" if REFERENCES.match(text) else "notes"
            parts.append(Out(text, "label", line.number))
            return
        if self.section == "references":
            parts.append(Kept(BlockType.REFERENCE, text, line.number))
            return
        if line.mark == "*" and not line.indent and self._is_lone(lines, index, end):
            parts.append(Kept(BlockType.FOOTNOTE, f"* {text}", line.number))
            return
        if self.section == "notes" or (NOTE.match(text) and line.mark != "#" and len(text) < 300):
            parts.append(Kept(BlockType.FOOTNOTE, text, line.number))
            return
        said = (
            index > 0
            and lines[index - 1].mark == ">"
            and not line.mark
            and not line.prose
            and len(text) <= 40
            # A web page says where a quotation ends.
            and not (line.container or line.linked or tells(text))
        )
        if line.mark == ">" or said:
            # With the line under it that tells who says so.
            parts.append(Kept(BlockType.QUOTATION, text, line.number))
            return
        if index + 1 < end and lines[index + 1].mark == "|" and _TABLE_TITLE.search(text) and len(text) <= 80:
            parts.append(Kept(BlockType.CAPTION, text, line.number))
            return
        heading = self._heading(lines, index, end)
        if heading:
            clean = _EDIT.sub("", text)
            if clean != text:
                parts.append(Out(text[len(clean) :], "menu", line.number))
            if line.mark[:1].isdigit():
                # The number of a heading says something; that of a list's item is its place.
                clean = f"{line.mark} {clean}"
            parts.append(Kept(BlockType.HEADING, clean, line.number, heading))
            return
        if self._is_item(lines, index, end):
            if line.container and line.mark[0].isdigit():
                # A web page's list says itself that it is counted; a dump's may be a list of anything.
                text = f"{line.mark} {text}"
            parts.append(Kept(BlockType.LIST_ITEM, text, line.number, max(1, min(line.level, 6))))
            return
        if line.lead and SAYS.match(text):
            # The mark tells the speakers apart.
            text = line.lead + text
        before, text, after = split_byline(text)
        parts += [Out(piece, reason, line.number) for piece, reason in before]
        if text:
            parts.append(Kept(BlockType.PARAGRAPH, text, line.number))
        parts += [Out(piece, reason, line.number) for piece, reason in after]

    @staticmethod
    def _is_lone(lines: Sequence[Line], index: int, end: int) -> bool:
        """No list: the only line with this mark here."""
        around = [lines[other] for other in (index - 1, index + 1) if 0 <= other < end]
        alone = all(other.mark != "*" for other in around)
        return alone and (lines[index].prose < 60 or ":" in lines[index].text[:40])

    def _is_item(self, lines: Sequence[Line], index: int, end: int) -> bool:
        line = lines[index]
        if not line.mark or line.mark == "#":
            return False
        if line.mark in {"*", "+", "•", "∙", "‣", "▪", "o"} or line.mark[0].isdigit():
            return True
        if line.prose >= 50:
            return False
        if line.mark == "-":
            # One dash alone is a question, or an aside; several are a list.
            return any(0 <= other < end and lines[other].mark == "-" for other in (index - 1, index + 1))
        if line.mark in ITEM_MARKS:
            return True
        return any(
            0 <= other < end and lines[other].mark == line.mark and not lines[other].prose
            for other in (index - 1, index + 1)
        )

    def _heading(self, lines: Sequence[Line], index: int, end: int) -> int:
        """The level of the heading that the line is, or 0."""
        line = lines[index]
        text = line.text
        if _QUESTION.match(text) or _ANSWER.match(text) or SAYS.match(text):
            return 0
        if SPEAKER.match(text):
            return self.levels.get("speaker", 1) if len(text) <= 24 else 0
        if line.mark == "#":
            return self.levels.get(f"#{line.level}", 1)
        key = heading_key(line)
        if not key or key not in self.levels or len(text) > 80:
            return 0
        following = _next_kept(lines, index, end)
        if following is None:
            return 0
        if key in HEADING_MARKS:
            if line.prose >= 30 or (following.mark == line.mark and not following.prose):
                return 0
            return self.levels[key]
        if key == "bracket":
            return self.levels[key] if following.prose >= 20 or following.mark else 0
        if key == "number":
            listed = _same_kind(line, following) or (index and _same_kind(line, lines[index - 1]))
            return self.levels[key] if following.prose >= 20 and not listed else 0
        if _EDIT.search(text):
            return self.levels[key]
        if (
            line.prose >= 20
            or text.endswith((".", '."', ".”"))
            or (following.prose < 20 and following.mark not in {"*", "•", "-", "1."})
            or len(text) > 60
            or len(text) < 2
        ):
            return 0
        before = lines[index - 1] if index else None
        if (
            before is not None
            and not before.prose
            and not before.mark
            and before.strength < 2
            and self.kept == index - 1
            and heading_key(before) == "plain"
            and before.gap == line.gap
        ):
            # A second short line in a row: verse, names, figures.
            return 0
        if len(text.split()) > 1 and goes_on(text) and not line.bold:
            return 0
        return self.levels[key]


def _same_kind(line: Line, other: Line) -> bool:
    return other.mark[:1].isdigit() and other.mark[-1:] == line.mark[-1:]


def _next_kept(lines: Sequence[Line], index: int, end: int) -> Line | None:
    for other in lines[index + 1 : end]:
        if other.strength < 2 and other.mark != "---":
            return other
    return None


def _caption_before(lines: Sequence[Line], index: int, end: int, parts: list[Kept | Out]) -> bool:
    """A photographer's credit in the middle of the article makes the sentence before it a caption."""
    if (
        not parts
        or not isinstance(parts[-1], Kept)
        or not any(line.prose >= 60 and line.strength < 2 for line in lines[index + 1 : end])
    ):
        return False
    last = parts[-1]
    if (
        last.type is BlockType.PARAGRAPH
        and last.line >= lines[index].number - 3
        and SHOWS.search(last.text)
        and len(last.text) < 260
    ):
        parts[-1] = Out(last.text, "caption", last.line)
        return True
    return False


def _table(lines: Sequence[Line], index: int, end: int, parts: list[Kept | Out]) -> int:
    """A table in Markdown's manner."""
    stop = index
    rows: list[str] = []
    rules: list[Line] = []
    while stop < end and (
        lines[stop].mark == "|" or (lines[stop].mark == "---" and _TABLE_RULE.match(lines[stop].text))
    ):
        line = lines[stop]
        if line.mark == "|":
            cells = [cell.strip() for cell in line.text.strip().strip("|").split("|")]
            rows.append(" | ".join(cells))
        else:
            rules.append(line)
        stop += 1
    parts += [Out(rule.text, "rule", rule.number) for rule in rules]
    rows = [row for row in rows if row.replace("|", "").strip()]
    if len(rows) >= 2:
        parts.append(Kept(BlockType.TABLE, "\n".join(rows), lines[index].number))
    elif rows:
        # One row with bars is a line of text.
        parts.append(Kept(BlockType.PARAGRAPH, rows[0], lines[index].number))
    return stop


_ASIDE = {"※", "■"}
"""What the publisher says beside an article begins so."""
_TOLD = _SPOKEN_OF | {"caption"}
