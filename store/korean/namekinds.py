"""What kind a name is, by what it is made of and what follows it."""

from __future__ import annotations

from typing import NamedTuple

from store.korean.gazetteer import (
    COMPANIES,
    DOUBLE_SURNAMES,
    ORGANISATIONS,
    PLACES,
    PRODUCTS,
    SURNAMES,
    TITLES,
)
from store.korean.kiwi import Token
from store.model import NameKind


class Found(NamedTuple):
    """A name in a sentence, `[start, end)`. `also`: it stands in brackets right after that name, as its other form."""

    start: int
    end: int
    kind: NameKind
    also: bool = False


_ORGANISATION_ENDINGS = ("당", "신문", "일보", "통신", "대학교", "대학", "은행", "전자", "그룹", "법원", "지법", "지검", "경찰서", "구청", "시청", "위원회", "학회", "방송", "뉴스", "공사", "재단", "병원", "연구소", "연구원", "증권", "제약")  # fmt: skip
_PLACE_ENDINGS = ("특별시", "광역시", "시", "군", "구", "읍", "면", "동", "리", "도", "성", "섬", "산", "강", "공항", "역", "공원", "반도", "마을", "시장", "항", "만")  # fmt: skip
_KNOWN_ENDINGS = ("당", "그룹", "전자", "신문", "경찰서", "구청", "시청", "법원")


def kind_of(part: str, after: Token | None) -> NameKind:
    """The kind of the name `part`; `after` is the morpheme that follows it."""
    if part in PLACES:
        return "place"
    if part in PRODUCTS:
        return "product"
    if part in COMPANIES or part in ORGANISATIONS:
        return "organisation"
    if after is not None and after.form in TITLES:
        return "person"
    if any(character.isdigit() for character in part):
        return "product"
    if part.isascii() or (len(part) > 2 and part.endswith(_ORGANISATION_ENDINGS)):
        return "organisation"
    if korean_person(part):
        return "person"
    return "place" if len(part) > 2 and part.endswith(_PLACE_ENDINGS) else "organisation"


def korean_person(part: str) -> bool:
    """Whether a proper noun has the form of a Korean's full name."""
    if len(part) == 4:
        return part.startswith(DOUBLE_SURNAMES)
    return (
        len(part) == 3
        and part[0] in SURNAMES
        and part not in PLACES
        and part not in COMPANIES
        and part[-1] not in "시군구읍면동리도성당역항산강청처부원"
    )


def foreign(part: str) -> bool:
    """Whether a name may be a part of a foreign person's."""
    return not part.isascii() and part not in PLACES and part not in COMPANIES and not korean_person(part)


def well_known(part: str) -> bool:
    """Whether a name is an organisation beyond doubt."""
    return part in COMPANIES or part in ORGANISATIONS or part.endswith(_KNOWN_ENDINGS)
