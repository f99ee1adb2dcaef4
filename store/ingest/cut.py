"""Is an article cut off: a paywall's words, or a text that stops in the middle of a sentence. A call to subscribe says nothing of that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.draft import Kept, Out
from store.model import BlockType

_THIS = r"(?:이|본|해당|남은)\s?(?:기사|글|콘텐츠|아티클|포스트|인터뷰)"
_PAYING = r"(?:유료|구독|회원|로그인|멤버십|결제|구매|가입)"
CLOSED = (
    rf"(?:(?:이어지는|이후의?|나머지|남은)\s?(?:내용|이야기|글|기사|부분)|다음\s?(?:내용|이야기)).{{0,24}}{_PAYING}"
    rf"|{_THIS}(?:는|은|를|을)(?!.{{0,16}}다면).{{0,24}}(?:유료|구독자|회원|멤버십|로그인|결제).{{0,14}}(?:전용|에게|한해|콘텐츠|기사입|공개|필요|하셔야|해야|후에?\s|[가-힣]만\s|볼 수|읽을 수|만 볼|만 읽)"
    rf"|(?:전문|전체\s?(?:기사|글|내용)|나머지(?:\s?(?:내용|기사|글))?)(?:은|는|를|을)\s.{{0,30}}(?:에서|{_PAYING}).{{0,20}}"
    r"|무료\s?(?:공개|열람|제공|보기)\s?(?:분|본|구간)?[은는이가]?\s?.{0,10}(?:여기까지|끝)|미리\s?보기[은는가]?\s?.{0,8}(?:여기까지|끝)"
    rf"|{_PAYING}(?:하고|하면|하시면|해야|하셔야|을 하면|\s?후에?)\s?.{{0,10}}(?:전체\s?(?:기사|글|내용)|전문|나머지|계속|이어서|끝까지)"
    rf"|(?:계속|이어서|끝까지|더|모두)\s?(?:읽|보)(?:으려면|으시려면|시려면|려면|고 싶).{{0,24}}{_PAYING}"
    r"|(?:구독자|유료\s?회원|회원|멤버십|프리미엄)\s?(?:전용|만\s?(?:볼|읽|열람|보실|읽으실)|에게만)"
    r"|\d+%[가이]?\s?(?:남았|남음|더 있습)"
)
"""What says that there is more behind a paywall; a part of a regular expression."""
OFFER = (
    r"가입하(?:면|고).{0,20}(?:무료|읽)|아티클을 제대로 즐기는|아티클.{0,14}(?:마음껏|무제한)|무제한(?:으로)?\s?(?:읽|이용|구독)"
    r"|무료\s?체험|(?:첫|한|1)\s?(?:달|개월)(?:은|간|동안|에)?\s?.{0,4}(?:무료|0원|[\d,]{3,}원)|언제든.{0,8}해지"
)
"""What a subscription costs; a part of a regular expression."""
_CLOSED = re.compile(CLOSED)
_STOPS = re.compile(r"[.!?…。][\"'”’)\]」』》>]{0,3}$")
_MID = re.compile(
    r"[가-힣](?:을|를|은|는|의|에서|에게|으로|와|과|하며|으며|면서|이라는|라는|다는|하기 위해|때문에)(?:…|\.{2,3}|,)?$"
)
"""Where a sentence does not end: behind a particle or an ending that something follows."""
_BEHIND = frozenset(("copyright", "comments", "related", "listing", "footer", "prev_next"))


def is_cut(parts: Sequence[Kept | Out]) -> bool:
    """Whether the article is cut off, by its last words and the lines of the page behind them.

    Above a byline with an address, the copyright or a list of other articles, one line that says so is enough, or an offer of two
    lines, which stands where the text would go on.
    """
    last = max((at for at, part in enumerate(parts) if isinstance(part, Kept)), default=-1)
    if _stops_short([part for part in parts if isinstance(part, Kept)]):
        return True
    offers = 0
    for part in parts[last + 1 :]:
        if not isinstance(part, Out):
            continue
        if part.reason in _BEHIND or (part.reason == "byline" and "@" in part.text):
            return False
        if part.reason != "paywall":
            continue
        offers += 1
        if offers == 2 or _CLOSED.search(part.text):
            return True
    return False


def breaks_off(text: str) -> bool:
    """Does a line of running text end where something has to follow?"""
    return len(text) >= 24 and len(text.split()) >= 5 and _MID.search(text) is not None


def _stops_short(kept: Sequence[Kept]) -> bool:
    """Among paragraphs that have their stops, does the last break off in the middle of a sentence?"""
    told = [part.text for part in kept if part.type is BlockType.PARAGRAPH and len(part.text) >= 24]
    if len(told) < 3 or kept[-1].text != told[-1] or not breaks_off(told[-1]):
        return False
    return all(_STOPS.search(text) for text in told[:-1])
