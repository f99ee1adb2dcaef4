"""The five sample pages are taken in exactly as their writers meant them: every block, every figure of the metadata, no furniture."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

import pytest

from store.ingest import parse
from store.model import Block, BlockType, Page
from tests.places import REAL_PAGES, ROOT, SEEDS, needs_real_pages

HEADING, PARAGRAPH, ITEM = BlockType.HEADING, BlockType.PARAGRAPH, BlockType.LIST_ITEM
FOOTNOTE, REFERENCE = BlockType.FOOTNOTE, BlockType.REFERENCE


@dataclass(frozen=True)
class Gold:
    """What a sample page says. `body` has the first words of the article's first and last line; between them everything is
    the article except the lines that begin with one of `inside` (furniture in the middle)."""

    title: str
    body: tuple[str, str]
    inside: tuple[str, ...] = ()
    headings: dict[str, int] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    references: int = 0
    subtitle: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    original_source: str | None = None
    truncated: bool = False
    first: str = ""
    last: str = ""


GOLD: dict[str, Gold] = {
    "1-brief.txt": Gold(
        title="딥시크 R1 이후의 동남아시아, 서버를 지을 것인가 사람을 키울 것인가",
        body=("□ 값싼 고성능 모델이", "아시아정책노트, 국부펀드는"),
        inside=("< 감수", "* 참고자료"),
        publisher="아시아정책노트",
        published="2025-02-14",
        references=5,
        first="값싼 고성능 모델이 흔든 데이터센터 셈법",
        last="아시아정책노트, 국부펀드는 무엇을 사고 있는가, 2025.01.24.",
    ),
    "2-column.txt": Gold(
        title="싼 두뇌의 긴 청구서",
        body=('"파는 사람 처지에서는', '"아직은 글자 하나입니다.'),
        inside=("두루통신두루통신",),
        summary=(
            "통째로 공개된 中 딥시크, 가난한 나라의 첫 인공지능 될 수도",
            "모델 따라 칩·장비·소프트웨어까지 중국산으로 채워질 가능성",
            "하루 17% 빠진 엔비디아 주가…한국 반도체도 구경꾼 아니다",
        ),
        publisher="한빛뉴스",
        first='"파는 사람 처지에서는 공짜가 제일 무섭습니다.',
        last='3년 뒤 이 명함에 무엇이 적혀 있을지는 제가 아니라 서울에서 정할 일입니다."(L씨)',
    ),
    "3-blog.txt": Gold(
        title="딥시크가 켠 비상등, 한국 AI는 어느 차선으로 가야 할까?",
        body=("설 연휴 내내", "정리하고 나니"),
        headings={
            "일주일 만에 뉴스 첫 꼭지가 되기까지": 1,
            "비결은 뜻밖에도 절약 정신": 1,
            "고래들의 돈 싸움": 1,
            "그래서 우리는 어디쯤 서 있나": 1,
            "방구석 분석가가 뽑은 다섯 가지 숙제": 1,
        },
        items=(
            "1. 메모리의 다음 수",
            "2. 계산기보다 계산법",
            "3. 망해도 되는 판",
            "4. 규칙은 짧고",
            "5. 전기부터",
        ),
        authors=("새벽세시커피",),
        published="2025-02-03",
        first="설 연휴 내내 친척들이 저한테 같은 질문을 했습니다.",
        last="다음 설에는 전을 다 부치고 나서 웃으면서 이야기할 수 있기를! ^^",
    ),
    "4-magazine.txt": Gold(
        title="구독료 0원의 충격, 딥시크가 새로 쓰는 AI 원가표",
        body=("지난 1월 넷째 주,", "이 세 가지가 맞물려"),
        headings={"투자회사 골방에서 태어난 연구소": 1},
        subtitle=("공개 모델로 순위표 흔든 항저우의 신인", "공짜의 값은 입력창에 적은 비밀일 수도"),
        authors=("한서윤", "오민재"),
        published="2025-02",
        truncated=True,
        first="지난 1월 넷째 주, 한국인이 많이 쓴 생성형 AI 앱의 순위표에 낯선 이름이 올랐다.",
        last="그러나 무엇을 먼저 덜어 냈는지를 보면, 작은 예산으로 큰 모델을 다루는 순서가 보인다.",
    ),
    "5-forum.txt": Gold(
        title="“R1 값은 아무도 모른다, V3 값만 안다”… 언어모델 연구소장에게 들은 딥시크 계산서",
        body=("중국 스타트업 딥시크가 적은 돈으로", "2024년 한국 정부가"),
        subtitle=(
            "토종 모델 ‘가온말’ 만드는",
            "서도윤 나루클라우드 연구소장",
            "557만달러는 완주 한 번의 기록",
            "연습하다 넘어진 값은 빠져 있어",
            "칩 덜 쓰는 시대 온다는 말은 오해",
            "값 내리면 쓰는 양이 더 크게 는다",
            "한국은 추론형 모델 문턱까지 왔다",
        ),
        publisher="도토리마당",
        authors=("도토리(198.51)",),
        published="2025-02-03",
        original_source="물결경제",
        first="중국 스타트업 딥시크가 적은 돈으로 챗GPT 못지않은 모델을 만들었다는 소식에 세계 증시가 출렁였다.",
        last="2024년 한국 정부가 AI에 들인 돈 9099억원",
    ),
}
NAMES = sorted(GOLD)
HEX = re.compile(r"[0-9a-f]{40,}")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The page's lines that say something, without the space around them."""
    text = unicodedata.normalize("NFC", (SEEDS / name).read_text(encoding="utf-8"))
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@cache
def page(name: str) -> Page:
    pages = parse((SEEDS / name).read_bytes(), name=name)
    assert len(pages) == 1
    return pages[0][0]


def expected(name: str) -> list[tuple[BlockType, int, str]]:
    """The article's blocks, read off the page by what its writer meant."""
    gold = GOLD[name]
    every = lines(name)
    start = next(at for at, line in enumerate(every) if line.startswith(gold.body[0]))
    stop = next(at for at, line in enumerate(every) if at >= start and line.startswith(gold.body[1]))
    body = [
        line
        for line in every[start : stop + 1]
        if not line.startswith(gold.inside or ("\0",)) and not HEX.fullmatch(line)
    ]
    blocks: list[tuple[BlockType, int, str]] = []
    for number, line in enumerate(body):
        if number >= len(body) - gold.references:
            blocks.append((REFERENCE, 0, line))
        elif line.startswith("□ "):
            blocks.append((HEADING, 1, line[2:]))
        elif line.startswith("◦ "):
            blocks.append((HEADING, 2, line[2:]))
        elif line.startswith("- "):
            blocks.append((PARAGRAPH, 0, line[2:]))
        elif line.startswith("*"):
            blocks.append((FOOTNOTE, 0, line))
        elif line in gold.headings:
            blocks.append((HEADING, gold.headings[line], line))
        elif line.startswith(gold.items or ("\0",)):
            blocks.append((ITEM, 1, line))
        else:
            blocks.append((PARAGRAPH, 0, line))
    return blocks


def bare(kind: BlockType, text: str) -> str:
    """A block's words without the mark of its kind, which a parser may keep or leave."""
    if kind is ITEM:
        return re.sub(r"^\d+\. ", "", text)
    return text.lstrip("*").strip() if kind is FOOTNOTE else text


def words(block: Block, of: Page) -> str:
    return of.text[block.start : block.end]


def test_there_are_five() -> None:
    assert sorted(path.name for path in SEEDS.glob("*.txt")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_length(name: str) -> None:
    assert 600 <= len((SEEDS / name).read_text(encoding="utf-8").split()) <= 1200


@pytest.mark.parametrize("name", NAMES)
def test_metadata(name: str) -> None:
    gold, got = GOLD[name], page(name)
    assert got.title == gold.title
    assert got.publisher == gold.publisher
    assert got.authors == gold.authors
    assert got.published == gold.published
    assert got.original_source == gold.original_source
    assert got.truncated is gold.truncated
    assert got.url is None
    assert tuple((got.subtitle or "").splitlines()) == gold.subtitle


@pytest.mark.parametrize("name", NAMES)
def test_summary(name: str) -> None:
    if name == "4-magazine.txt":
        (paragraph,) = page(name).summary
        assert paragraph == next(line for line in lines(name) if line.startswith("딥시크가 생성형 AI의 값"))
    else:
        assert page(name).summary == GOLD[name].summary


@pytest.mark.parametrize("name", NAMES)
def test_blocks(name: str) -> None:
    got = page(name)
    found = [(block.type, block.level, bare(block.type, words(block, got))) for block in got.blocks]
    assert found == [(kind, level, bare(kind, text)) for kind, level, text in expected(name)]


@pytest.mark.parametrize("name", NAMES)
def test_first_and_last_sentence(name: str) -> None:
    """A paragraph that is one quotation may be one sentence or several: what counts is where they begin and end."""
    gold, got = GOLD[name], page(name)
    first, last = [got.text[span.start : span.end] for span in (got.sentences[0], got.sentences[-1])]
    assert first.startswith(gold.first)
    assert last.endswith(gold.last)
    assert len(got.sentences) > 1.5 * len(got.blocks)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_somewhere(name: str) -> None:
    """What is not the article is kept beside it, with a reason."""
    from store.ingest.reasons import REASONS

    got = page(name)
    kept = "\n".join((got.title, got.subtitle or "", *got.summary, got.text))
    left_out = "\n".join(line.text for line in got.removed)
    assert all(line.reason in REASONS for line in got.removed)
    for line in lines(name):
        text = re.sub(r"^(□|◦|- |\*|•|※|\d+\.) *", "", line)  # marks are not part of a block's text
        assert text in kept or text in left_out or got.title in line, line


@pytest.mark.parametrize("name", NAMES)
def test_no_furniture_in_the_text(name: str) -> None:
    got = page(name)
    article = {text for _, _, text in expected(name)}
    article |= {re.sub(r"^(\* ?|\d+\. )", "", text) for text in article}
    shown = {words(block, got) for block in got.blocks}
    assert {line for line in shown if line not in article} <= set()
    assert not HEX.search(got.text)
    assert not re.search(r"[□◦]|바로가기|추천뉴스|두루통신|반응형|첫 달은 0원|도토리|이전글", got.text)


def test_the_pages_disagree_about_a_cost() -> None:
    """What a reader is to find out from the samples is in them."""
    brief, forum = page("1-brief.txt").text, page("5-forum.txt").text
    assert "R1은 개발에 약 560만 달러가 든" in brief
    assert "95% 적은" in brief
    assert "V3의 개발비는 557만6000달러(약 81억원)" in forum
    assert "R1에 얼마를 썼는지는 회사가 공개한 적이 없다" in forum


@needs_real_pages
@pytest.mark.parametrize("name", [*NAMES, "README.md"])
def test_no_sentence_is_borrowed(name: str) -> None:
    """No run of 30 characters is shared with the pages that the samples are modelled on."""
    run = 30
    flat = " ".join((SEEDS / name).read_text(encoding="utf-8").split())
    theirs = [" ".join(path.read_text(encoding="utf-8").split()) for path in REAL_PAGES.glob("*.txt")]
    shared = [flat[at : at + run] for at in range(len(flat) - run + 1)]
    assert not [text for text in shared if any(text in other for other in theirs)]


def test_the_readme_names_every_page() -> None:
    readme = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in readme for name in NAMES)
