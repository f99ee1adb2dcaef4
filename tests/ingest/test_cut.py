"""Which articles are cut off: what a paywall says is told from a call to subscribe."""

from __future__ import annotations

import pytest

from store.ingest import parse
from store.model import Page

TALK = """“등대는 꺼지지 않는다” 해담항 지킴이 강다온 씨

입력 2025.03.02

등대지기로 스무 해를 보낸 강다온 씨를 해담항에서 만났다. 그는 하루도 빠짐없이 불빛을 살폈다고 했다.

Q. 가장 힘든 때는 언제였나.

첫 겨울이었습니다. 눈이 사흘을 내려 뭍으로 가는 길이 끊겼고 먹을 것은 감자뿐이었습니다.

Q. 그만두고 싶지는 않았나.

아침마다 그만두려 했습니다. 그런데 밤이 되면 배들이 불빛을 보고 들어왔고 저는 다시 계단을 올랐습니다.

그는 내년 봄에 등대를 떠난다. 불빛은 이제 사람 없이도 돌아가지만 그는 아직 계단을 센다.
"""


def page(end: str) -> Page:
    return parse(f"{TALK}{end}\n".encode(), name="등대.txt")[0][0]


@pytest.mark.parametrize(
    "line",
    [
        "이 기사가 마음에 드셨다면 구독해 주세요",
        "이 글이 마음에 드셨다면 구독과 좋아요를 눌러 주세요.",
        "이 인터뷰가 좋았다면 유료 구독으로 응원해 주세요",
        "이 글을 재미있게 읽으셨다면 멤버십에 가입해 주세요!",
        "구독하시면 더 많은 인터뷰를 볼 수 있습니다",
        "구독하고 새 글을 가장 먼저 받아 보세요",
        "전문가의 글을 구독하세요",
        "첫 달 무료로 시작하기",
        "다음글 등대 아래 사람들. 정기구독 신청 02-000-0000",
        "회원가입하고 댓글 남기기",
        "로그인하면 글을 보관할 수 있습니다",
    ],
)
def test_a_call_to_subscribe_cuts_nothing_off(line: str) -> None:
    got = page(f"\n{line}\n\n해담일보 뉴스레터 구독하기")
    assert not got.truncated
    assert line in [one.text for one in got.removed]
    assert got.text.endswith("그는 아직 계단을 센다.")


@pytest.mark.parametrize(
    "line",
    [
        "이어지는 내용은 구독자만 볼 수 있습니다.",
        "이어지는 내용은 해담일보 플러스에서 구독 후 보실 수 있습니다",
        "이후 내용은 로그인하셔야 읽을 수 있습니다",
        "이 기사는 유료 구독자 전용입니다",
        "이 글은 멤버십 회원에게만 공개됩니다.",
        "이 콘텐츠를 계속 읽으려면 로그인이 필요합니다",
        "남은 글을 읽으려면 구독해야 합니다",
        "전문은 해담일보 플러스에서 확인하세요",
        "전체 기사는 구독하고 읽어 보세요",
        "무료 공개분은 여기까지입니다",
        "미리보기는 여기까지",
        "로그인하시면 나머지를 이어서 읽을 수 있습니다",
        "계속 읽으려면 회원 가입이 필요합니다",
        "글의 72%가 남았습니다",
    ],
)
def test_a_paywall_cuts_an_article_off(line: str) -> None:
    got = page(f"\n{line}\n\n해담일보 뉴스레터 구독하기")
    assert got.truncated
    assert line in [one.text for one in got.removed]


def test_an_offer_where_the_text_would_go_on() -> None:
    assert page("\n아티클 3,000편을 마음껏 읽는 길\n\n지금 가입하면 첫 달 0원!\n").truncated
    behind = "\n무단 전재 및 재배포 금지\n\n아티클 3,000편을 마음껏 읽는 길\n\n지금 가입하면 첫 달 0원!\n"
    assert not page(behind).truncated


@pytest.mark.parametrize(
    ("end", "cut"),
    [
        ("\n마을은 등대를 사들여 작은 도서관으로 바꾸는 방안을\n\n로그인\n", True),
        ("\n마을은 등대를 사들여 작은 도서관으로 바꾸는 방안을…\n", True),
        ("\n마을은 등대를 사들여 작은 도서관으로 바꾸는 방안을 내놓았다.\n", False),
        ("\n마을은 등대를 사들여 작은 도서관으로 바꾸면 좋겠다고 했지만…\n", False),
        ("\n해담항 등대와 바닷가 마을의 작은 도서관 이야기\n", False),
    ],
)
def test_a_text_that_stops_in_the_middle_of_a_sentence(end: str, cut: bool) -> None:
    assert page(end).truncated is cut
