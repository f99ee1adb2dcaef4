"""What a web page says of itself in its head: JSON-LD, then Open Graph and meta, then its title."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from store.ingest.dates import find_date
from store.ingest.outlets import is_outlet, outlet
from store.ingest.people import names_in
from store.ingest.titles import bare, clean_title, strip_site
from store.text import clean_line

_KST = timezone(timedelta(hours=9))
_ARTICLE = re.compile(r"Article|BlogPosting|Report|NewsArticle|Posting|CreativeWork|WebPage", re.I)
_SECTIONS = "정치|경제|사회|국제|세계|문화|연예|스포츠|오피니언|사설|칼럼|지역|전국|생활|라이프|IT|과학|산업|금융|증권|부동산|교육|건강|여행|뉴스|기사|전체|종합|일반"
_SECTION_TAIL = re.compile(rf"\s*[-|ㅣ:>·<«»]\s*(?:{_SECTIONS})(?:/\S{{1,8}})?$")
_SEPARATED = re.compile(r"^\s*(?:[|:>«»ㅣ·]|[-–—]\s)\s*\S.{0,60}$")
PORTALS = frozenset(
    (
        "네이버",
        "네이버뉴스",
        "네이버 뉴스",
        "다음",
        "다음뉴스",
        "Daum",
        "네이트",
        "네이트 뉴스",
        "네이트뉴스",
        "zum",
        "MSN",
    )
)
_LAST_PART = re.compile(r"\s(?:\||:|-|–|—|::)\s([가-힣A-Za-z0-9][가-힣A-Za-z0-9 .&]{1,15})$")
_NAME = re.compile(r"^[가-힣]{2,4}$|^[A-Za-z][A-Za-z.'-]+(?: [A-Za-z][A-Za-z.'-]+){1,3}$")
_NOT_AUTHORS = re.compile(
    r"뉴스|일보|신문|방송|닷컴|편집|취재|온라인|관리자|admin|team|팀$|부$|https?:|기자단|미디어|블로그|카페",
    re.I,
)


@dataclass(slots=True)
class Meta:
    """Empty where the page says nothing."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


def read_meta(tree: Any) -> Meta:
    """What the head of the page says."""
    names = _names(tree)
    meta = Meta()
    data = [item for item in json_ld(tree) if _ARTICLE.search(str(item.get("@type", "")))]
    data.sort(key=lambda item: not re.search(r"Article|Posting|Report", str(item.get("@type", ""))))
    meta.publisher = _publisher(tree, data, names)
    meta.title = _title(tree, data, names, meta.publisher)
    meta.authors = _authors(data, names, meta.publisher)
    meta.published = _published(tree, data, names)
    meta.url = _url(tree, data, names)
    return meta


def _names(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (
            (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        )
        value = clean_line(html.unescape(element.get("content") or ""))
        if name and value:
            found.setdefault(name, []).append(value)
    return found


def json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects in the page's JSON-LD, flattened; what is not valid JSON is passed over."""
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() != "application/ld+json":
            continue
        source = (element.text or "").strip().removeprefix("<![CDATA[").removesuffix("]]>").rstrip(";")
        if len(source) > 2_000_000:
            continue
        try:
            value = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        stack = [value]
        while stack:
            one = stack.pop(0)
            if isinstance(one, list):
                stack += one[:50]
            elif isinstance(one, dict):
                yield one
                graph = one.get("@graph")
                if isinstance(graph, list):
                    stack += graph[:50]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return clean_line(html.unescape(html.unescape(value))) if isinstance(value, str) else ""


def _title(tree: Any, data: list[dict[str, Any]], names: dict[str, list[str]], publisher: str | None) -> str:
    candidates = [
        _text(item.get("headline"))
        for item in data
        if re.search(r"Article|Posting|Report", str(item.get("@type", "")))
    ]
    for name in ("og:title", "twitter:title", "dable:title", "title"):
        candidates += names.get(name, [])
    element = tree.find(".//title")
    if element is not None:
        candidates.append(clean_line(element.text_content()))
    headings = [clean_line(one.text_content()) for one in list(tree.iter("h1"))[:4]]
    shown_titles = headings + _shown_titles(tree)
    for candidate in candidates:
        # What the page itself shows, where the head has that with more behind it.
        shown = next((one for one in shown_titles if _with_site(candidate, one)), candidate)
        title = clean_title(without_site(shown, publisher))[0]
        long = len(title) >= 4 or title in headings
        if long and not is_outlet(title) and not _PAGE_NAME.match(title.split("|")[0].strip()):
            # A title cut short in the head stands whole on the page.
            for heading in headings:
                stem = bare(title.rstrip(".…"))
                if (
                    title.endswith(("..", "…"))
                    and len(bare(heading)) > len(stem) >= 8
                    and bare(heading).startswith(stem)
                ):
                    return clean_title(heading)[0]
            return title
    return next(
        (clean_title(heading)[0] for heading in headings if len(heading) >= 6 and not is_outlet(heading)), ""
    )


_PAGE_NAME = re.compile(
    r"^(?:보도자료|보도 자료|공지사항|알림마당|알림|새소식|소식|뉴스|게시판|자유게시판|자료실|기사|게시물|게시글|콘텐츠|본문|글)?\s?(?:상세|내용|글|본문)?\s?(?:보기|조회|목록|페이지|화면|읽기)?$"
)
"""What a program calls its page."""


def _shown_titles(tree: Any) -> list[str]:
    """Lesser headings, and the pieces of headings (a category may stand in front of the title)."""
    found: list[str] = []
    for heading in list(tree.iter("h1", "h2", "h3", "h4"))[:12]:
        found += [clean_line(one.text_content()) for one in (heading, *list(heading)[:6])]
    return found


def _with_site(candidate: str, heading: str) -> bool:
    """Is it the heading with something behind it? A short heading may be the site's own, unless that is what stands behind."""
    rest = candidate[len(heading) :]
    if not candidate.startswith(heading) or not _SEPARATED.match(rest):
        return False
    return len(heading) >= 8 or (len(heading) >= 2 and is_outlet(rest) and not is_outlet(heading))


def without_site(text: str, publisher: str | None) -> str:
    """A title without the site's and the section's name behind it."""
    text = text.strip()
    if publisher:
        match = re.match(rf"^(.{{4,}}?)\s*[-|ㅣ:<>«»–—·]+\s*(?:{re.escape(publisher)})$", text, re.I)
        if match:
            text = match.group(1)
            text = _SECTION_TAIL.sub("", text)
            return text.strip()
    stripped, site = strip_site(text)
    if site and (
        is_outlet(site) or (publisher and bare(publisher) in bare(site)) or (stripped != text and "|" in text)
    ):
        text = _SECTION_TAIL.sub("", stripped)
    return text.strip(" |-ㅣ")


def _authors(data: list[dict[str, Any]], names: dict[str, list[str]], publisher: str | None) -> list[str]:
    for item in data:
        value = item.get("author") or item.get("creator")
        values = value if isinstance(value, list) else [value]
        found = [name for one in values if one for name in _people(_text(one), publisher)]
        if found:
            return list(dict.fromkeys(found))
    for name in (
        "dable:author",
        "article:author",
        "author",
        "byl",
        "by",
        "og:article:author",
        "twitter:creator",
        "dc.creator",
    ):
        found = [person for value in names.get(name, []) for person in _people(value, publisher)]
        if found:
            return list(dict.fromkeys(found))
    return _nickname(names, publisher)


def _nickname(names: dict[str, list[str]], publisher: str | None) -> list[str]:
    """Under which name somebody writes a blog."""
    for value in names.get("naverblog:nickname", []) + names.get("og:article:author", []):
        if (
            2 <= len(value) <= 20
            and len(value.split()) <= 3
            and not is_outlet(value)
            and not _NOT_AUTHORS.search(value)
            and not value.startswith(("http", "@"))
            and (not publisher or bare(value) != bare(publisher))
        ):
            return [value]
    return []


def _people(text: str, publisher: str | None) -> list[str]:
    """The names in a field that may also have a role, an address or the paper's own name."""
    if not text or text.startswith(("http", "@", "www.")) or len(text) > 120:
        return []
    found = names_in(text)
    if found:
        return found
    people = []
    for part in re.split(r"[,;/·|&]| and ", text):
        name = part.strip()
        if (
            _NAME.match(name)
            and not is_outlet(name)
            and not _NOT_AUTHORS.search(name)
            and (not publisher or bare(name) != bare(publisher))
        ):
            people.append(name)
    return people


def _publisher(tree: Any, data: list[dict[str, Any]], names: dict[str, list[str]]) -> str | None:
    for item in data:
        name = _text(item.get("publisher"))
        if name and len(name) <= 30 and not name.startswith("http"):
            return outlet(name) or name
    for name in (
        "og:site_name",
        "article:publisher",
        "publisher",
        "dc.publisher",
        "application-name",
        "twitter:site",
    ):
        for value in names.get(name, []):
            value = re.split(r"\s[-|:]\s|::", value)[0].strip()
            if value and len(value) <= 30 and not value.startswith(("http", "@")):
                return outlet(value) or value
    element = tree.find(".//title")
    if element is not None:
        text = clean_line(element.text_content())
        site = strip_site(text)[1]
        if outlet(site) or is_outlet(site):
            return outlet(site) or site
        # What stands behind the title that the page shows, or behind the names of its sections.
        last = _LAST_PART.search(text)
        if last and (
            text[: last.start()].count("|")
            or any(one == text[: last.start()].strip() for one in _shown_titles(tree))
        ):
            name = last.group(1).strip()
            body = tree.find("body")
            # A site names itself elsewhere on its pages, too, or is all that follows.
            if body is not None and (":" in last.group(0) or name in body.text_content()):
                return name
    return None


def _published(tree: Any, data: list[dict[str, Any]], names: dict[str, list[str]]) -> str | None:
    for item in data:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            found = day_of(_text(item.get(key)))
            if found:
                return found
    for name in (
        "article:published_time", "og:article:published_time", "datepublished", "dable:published_time", "pubdate", "publishdate", "publish_date", "date",
        "dc.date.issued", "dc.date", "sailthru.date", "parsely-pub-date", "article:published", "regdate", "created",
    ):  # fmt: skip
        for value in names.get(name, []):
            found = day_of(value)
            if found:
                return found
    times = [element for element in tree.iter("time") if element.get("datetime")][:3]
    for element in times:
        label = (element.get("itemprop") or "") + (element.get("class") or "")
        if "pub" in label.lower() or element.get("pubdate") is not None:
            found = day_of(element.get("datetime") or "")
            if found:
                return found
    return None


def day_of(text: str) -> str | None:
    """The day of a time stamp. One in UTC is told as of Seoul, where these pages are read and dated."""
    text = text.strip()
    if not text:
        return None
    if re.match(r"^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]00:?00)$", text):
        try:
            return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(_KST).date().isoformat()
        except ValueError:
            pass
    if re.match(r"^\d{14}$", text):
        text = text[:8]
    if re.match(r"^1[0-9]{9}(?:[0-9]{3})?$", text):
        return datetime.fromtimestamp(int(text[:10]), _KST).date().isoformat()
    return find_date(text)


def _url(tree: Any, data: list[dict[str, Any]], names: dict[str, list[str]]) -> str | None:
    candidates = [
        element.get("href") or ""
        for element in tree.iter("link")
        if (element.get("rel") or "").lower() == "canonical"
    ]
    candidates += names.get("og:url", [])
    for item in data:
        page = item.get("mainEntityOfPage")
        candidates.append(
            page.get("@id", "") if isinstance(page, dict) else page if isinstance(page, str) else ""
        )
        candidates.append(item.get("url") if isinstance(item.get("url"), str) else "")
    for candidate in candidates:
        url = candidate.strip() if isinstance(candidate, str) else ""
        if url.startswith(("http://", "https://")) and len(urlsplit(url).path) > 1 and len(url) < 2000:
            return clean_line(url)
    return None
