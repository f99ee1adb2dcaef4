"""Names of Korean newspapers, agencies, broadcasters, magazines and platforms, as their pages write them."""

from __future__ import annotations

import re

_NAMES = """
경향신문 국민일보 내일신문 동아일보 문화일보 서울신문 세계일보 아시아투데이 전국매일신문 조선일보 중앙일보 중앙SUNDAY 천지일보 한겨레 한겨레신문 한국일보 매일경제 매경이코노미
머니투데이 비즈워치 서울경제 아시아경제 이데일리 조선비즈 파이낸셜뉴스 한국경제 한국경제TV 한경비즈니스 헤럴드경제 비즈니스포스트 뉴스핌 이투데이 아주경제 브릿지경제 연합뉴스 연합뉴스TV
연합인포맥스 뉴스1 뉴시스 노컷뉴스 CBS노컷뉴스 오마이뉴스 프레시안 미디어오늘 미디어스 더팩트 데일리안 쿠키뉴스 아이뉴스24 디지털데일리 디지털타임스 전자신문 ZDNet ZDNET Korea 지디넷코리아
블로터 IT조선 테크M 테크월드 인공지능신문 AI타임스 KBS KBS뉴스 KBS NEWS MBC MBC뉴스 SBS SBS뉴스 SBS Biz EBS JTBC TV조선 TV CHOSUN 채널A MBN YTN OBS CJB TBS TBC 강원일보 강원도민일보
경기일보 경인일보 경남신문 경남도민일보 경북일보 광주일보 국제신문 대구일보 대전일보 매일신문 무등일보 부산일보 영남일보 울산매일 인천일보 전남일보 전북일보 제민일보 제주일보 제주의소리 충북일보
충청일보 충청투데이 중도일보 한라일보 시사IN 시사저널 주간조선 주간경향 주간동아 신동아 월간조선 한겨레21 뉴스타파 더스쿠프 매거진한경 동아비즈니스리뷰 DBR HBR 인터비즈 동아사이언스 헬스조선 코메디닷컴
농민신문 스포츠조선 스포츠서울 스포츠동아 스포츠경향 일간스포츠 엑스포츠뉴스 OSEN 마이데일리 스타뉴스 텐아시아 엔터미디어 씨네21 맥스무비 여성신문 법률신문 의학신문 청년의사 데일리메디 약업신문 교수신문
대학신문 BBC코리아 BBC News 코리아 VOA 미국의소리 자유아시아방송 코리아헤럴드 코리아타임스 디시인사이드 클리앙 루리웹 뽐뿌 보배드림 더쿠 인벤 에펨코리아 MLB파크 오늘의유머 인스티즈 82cook 웃긴대학
브런치 brunch 브런치스토리 티스토리 벨로그 velog 네이버 네이버뉴스 네이버 블로그 네이버 포스트 다음 다음뉴스 Daum 다음카페 네이버카페 나무위키 위키백과 미디엄 Medium 정책브리핑 대한민국 정책브리핑
국민동의청원 청원24 조선닷컴 중앙닷컴 동아닷컴 매경닷컴 한경닷컴 hankookilbo Entermedia 한국금융신문 뉴데일리 뉴스투데이 더벨 딜사이트 인베스트조선 시사오늘 일요신문 일요시사 위키트리 인사이트 허핑턴포스트코리아
허프포스트코리아 슬로우뉴스 단비뉴스 뉴스토마토 뉴스웨이 뉴스워커 이코노미스트 이코노미조선 포브스코리아 포춘코리아 하버드비즈니스리뷰 MIT테크놀로지리뷰 과학동아 사이언스타임즈 대덕넷 헬로디디 UPI뉴스 메트로신문
"""
_PAPERS = """
경향신문 국민일보 내일신문 동아일보 문화일보 서울신문 세계일보 조선일보 중앙일보 한겨레 한국일보 매일경제 머니투데이 서울경제 아시아경제 이데일리 조선비즈 파이낸셜뉴스 한국경제 한국경제TV 헤럴드경제 연합뉴스 뉴스1 뉴시스
노컷뉴스 오마이뉴스 프레시안 데일리안 디지털타임스 전자신문 디지털데일리 아이뉴스24 KBS MBC SBS JTBC TV조선 채널A MBN YTN 스포츠조선 스포츠서울 스포츠동아 스포츠경향 일간스포츠 아주경제 뉴스핌 이투데이 쿠키뉴스
더팩트 부산일보 국제신문 매일신문 영남일보 강원일보 경인일보 시사IN 시사저널 주간조선 주간경향 신동아 한겨레21
"""


def _table(names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in names.strip().split("\n"):
        for name in line.split():
            found[name.lower()] = name
    for name in (
        "ZDNET Korea",
        "KBS NEWS",
        "SBS Biz",
        "TV CHOSUN",
        "BBC News 코리아",
        "네이버 블로그",
        "네이버 포스트",
        "대한민국 정책브리핑",
        "MIT 테크놀로지 리뷰",
        "하버드 비즈니스 리뷰",
    ):
        found[name.lower()] = name
    return found


NAMES = _table(_NAMES)
# Names that pages write in Latin letters beside, or for, the Korean one.
NAMES.update(
    {
        "kbs뉴스": "KBS",
        "kbs news": "KBS",
        "mbc뉴스": "MBC",
        "kbs 뉴스": "KBS",
        "mbc 뉴스": "MBC",
        "sbs 뉴스": "SBS",
        "mbc news": "MBC",
        "sbs news": "SBS",
        "jtbc 뉴스": "JTBC",
        "jtbc news": "JTBC",
        "네이버 뉴스": "네이버뉴스",
        "다음 뉴스": "다음뉴스",
        "sbs뉴스": "SBS",
        "cbs노컷뉴스": "노컷뉴스",
        "hankookilbo": "한국일보",
        "the hankyoreh": "한겨레",
        "hankyoreh": "한겨레",
        "chosun": "조선일보",
        "the chosun ilbo": "조선일보",
        "joongang": "중앙일보",
        "the joongang": "중앙일보",
        "joongang ilbo": "중앙일보",
        "the dong-a ilbo": "동아일보",
        "dong-a": "동아일보",
        "the kyunghyang shinmun": "경향신문",
        "kyunghyang": "경향신문",
        "ohmynews": "오마이뉴스",
        "pressian": "프레시안",
        "yonhap news": "연합뉴스",
        "yonhapnews": "연합뉴스",
        "newsis": "뉴시스",
        "news1": "뉴스1",
        "clien": "클리앙",
        "clien.net": "클리앙",
        "mlbpark": "MLB파크",
        "theqoo": "더쿠",
        "ruliweb": "루리웹",
        "brunchstory": "브런치스토리",
        "naver blog": "네이버 블로그",
        "entermedia": "엔터미디어",
        "한국일보사": "한국일보",
        "조선닷컴": "조선닷컴",
    }
)
PAPERS = tuple(sorted(_PAPERS.split(), key=len, reverse=True))
_LIKE = re.compile(
    r"^[가-힣A-Za-z0-9·.&' ]{1,14}(?:일보|신문|뉴스|경제|투데이|타임스|타임즈|저널|닷컴|방송|미디어|매거진|포스트|브리핑|위클리|통신|헤럴드|데일리|times|news|daily|journal|post|magazine|blog|블로그|스토리|brunch|velog|tistory)$",
    re.I,
)
_TRIM = re.compile(r"^\W+|\W+$")


def outlet(text: str) -> str:
    """The outlet whose name `text` is, as it writes itself; empty when it is none that is known."""
    return NAMES.get(_TRIM.sub("", text).lower(), "")


def is_outlet(text: str) -> bool:
    """Is the text the name of an outlet, or does it look like one?"""
    text = _TRIM.sub("", text)
    if not text or len(text) > 24:
        return False
    return text.lower() in NAMES or (_LIKE.match(text) is not None and len(text.split()) <= 3)
