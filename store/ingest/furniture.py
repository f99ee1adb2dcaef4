"""What a line is when it is not the article: evidence from its own words.

Strength 3: surely furniture wherever it stands. 2: furniture unless it is plainly a sentence of the article. 1: a hint.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from store.ingest.cut import CLOSED, OFFER
from store.ingest.lines import Line


class Sign(NamedTuple):
    reason: str
    strength: int
    most: int
    pattern: re.Pattern[str]
    words: tuple[str, ...]
    """A line that it fits has one of these, in lower case; nothing where that is not known. Much faster to look for."""


def _sign(reason: str, strength: int, most: int, pattern: str, words: str = "") -> Sign:
    return Sign(reason, strength, most, re.compile(pattern, re.I), tuple(words.split()))


EMAIL = r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,20}){1,4}"
ROLE = (
    r"(?:(?:선임|전문|객원|인턴|수습|시민|대학생|명예|사진|영상|취재|베이징|워싱턴|도쿄)?\s?기자|특파원|통신원|논설위원|논설실장|주필|편집장|편집위원|편집국장|부국장"
    r"|칼럼니스트|에디터|리포터|앵커|아나운서|PD|피디|평론가|큐레이터|크리에이터|캐스터)"
)
DATE = r"(?:19|20)\d{2}\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}"

# The order matters: the first that fits names the reason. `most` is the longest line (in code points) that it is tried on.
SIGNS: tuple[Sign, ...] = (
    _sign("image", 3, 4000, r"^(?:[0-9a-f]{32,}|[A-Z]{2,3}_\d{1,3}_\d{1,3}|존재하지 않는 이미지입니다\.?|이미지 없음|썸네일|대표\s?(?:사진|이미지)|\S{1,80}\.(?:jpe?g|png|gif|webp|bmp)|https?://\S+\.(?:jpe?g|png|gif|webp))$"),
    _sign("code", 3, 400, r"^(?:[*/?>;{}()\[\]]{2,10}|\W*(?:var|function|window\.|document\.|googletag|\(adsbygoogle)\b.{0,300}[;{(=].*|<!--.*|.*-->|\{\{.*\}\})$"),
    _sign("photo_credit", 3, 60, r"^(?:(?:연합뉴스|뉴시스|뉴스1|로이터|AP|AFP|EPA|게티이미지(?:뱅크|코리아)?|셔터스톡|한국일보 자료사진|자료사진|픽사베이|언스플래시|Getty Images|Reuters|Shutterstock|Unsplash|Pixabay)[\s/=·,|]*){1,3}(?:제공|자료사진|캡처|갈무리|사진)?$"),
    _sign("photo_credit", 3, 20, r"^([가-힣A-Za-z0-9]{2,9})\s?\1$"),
    _sign("ad", 3, 12, r"^\d{2,4}\s?[xX×*]\s?\d{2,4}$"),
    _sign("widget", 3, 120, r"^(?:your|this) browser\b|browser does(?: not|n't) support"),
    _sign("related", 3, 50, r"^.{0,16}(?:추천|인기|최신|주요|많이 본|지금 뜨는|뜨는|이 시각|오늘의)\s?.{0,6}(?:뉴스|기사|소식)(?:[을를]?\s.{2,14})?$"),
    _sign("photo_credit", 3, 160, r"(?:재판매|DB)\s?(?:및\s?DB\s?)?금지"),
    _sign("photo_credit", 3, 90, r"^[\(\[<（【]?\s*(?:사진|이미지|그래픽|삽화|일러스트|자료|영상|출처|그림|도표)\s*(?:=|:|：|/|\s제공|\s?출처|\s?캡처)\s*[^.]{1,60}[\)\]>）】]?$"),
    _sign("photo_credit", 3, 60, r"^(?!.*(?:무단|금지|저작권|reserved))[\(\[<]?(?:사진|이미지|자료)?\s?[=ⓒ©Ⓒ]\s?[가-힣A-Za-z0-9 .·,/&]{2,40}(?:제공|캡처|갈무리)?[\)\]>]?\.?$|^[가-힣A-Za-z0-9 ·]{2,20}\s?(?:제공|캡처|갈무리)[\)\].]?$"),
    _sign("comments", 3, 40, r"^(?:전체\s?|기사\s?|인기\s?|베스트\s?|최신\s?)?(?:댓글|덧글|코멘트|답글|리플|100자평)(?:\s?(?:수|영역|쓰기|달기|보기|열기|목록|입력|작성|정렬|운영정책|더보기|남기기|모두보기|\(?\d[\d,]*\)?개?|\[\d+\])){0,4}$|^\d+개의 댓글$|^\d+ Comments?$|^Comments?$|^타임톡$|^한줄평$"),
    _sign("comments", 3, 40, r"^[\[(<]\s?(?:리플|댓글|덧글|코멘트|답글)\s?수?\s?[\])>]\s?\d{0,5}$"),
    _sign("comments", 3, 40, r"^(?:전체\s?)?(?:댓글|덧글|답글)\s?[•·|:]?\s?[\[(]\s?\d[\d,]*\s?[\])]$"),
    _sign("comments", 3, 90, r"댓글을?\s?(?:입력|작성|남겨|달아|쓰|등록)|클린봇|댓글\s?(?:정책|정렬|이용|서비스)|순공감|명예훼손|로그인\s?(?:후|하시면|하셔야|하면).{0,20}(?:댓글|의견|작성)|^(?:등록순|최신순|과거순|공감순|추천순)(?:\s|$)|님의 댓글|^\[?삭제된 댓글"),
    _sign("copyright", 3, 260, r"무단\s?(?:전재|복제|배포|사용|도용|수집|전제)|저작권자\s?[ⓒ©Ⓒ(:<‘']|저작권자[^.]{0,40}(?:금지|보호)|copyrights?\s*(?:ⓒ|©|Ⓒ|\(c\)|20\d\d)|all\s?rights?\s?reserved|^[ⓒ©Ⓒ]\s?\S|재배포\s?금지|AI\s?학습\s?(?:및\s?)?(?:활용|이용|데이터)|저작권법|^\)?,?\s?무단|CC[ -]BY|공공누리", "무단 저작권 copyright right ⓒ © 재배포 학습 cc 공공누리"),
    _sign("copyright", 3, 600, r"공공누리.{0,160}(?:조건|이용)|저작권법\s?제\s?\d+조.{0,80}처벌", "공공누리 저작권법"),
    _sign("report", 3, 200, r"제보(?:는|를|해|하기|하실|하려|합니다|받|해주세요)?\s?(?:.{0,30}(?:기다립|주세요|주십시오|받습니다|바랍니다|보내)|$)|제보\s?(?:하기|안내|전화|:)|여러분의\s?제보|카카오톡\s?[:'‘]?\s?'?okjebo|▷\s?(?:카카오톡|전화|이메일|카톡)|^\W*(?:카카오톡|카톡|전화|이메일|라인|네이버,?\s?유튜브)\s?[:：]", "제보 okjebo ▷ : ："),
    _sign("paywall", 3, 120, f"{CLOSED}|{OFFER}"),
    _sign("report", 3, 40, r"^\W{0,3}(?:당신|여러분|시청자|독자)\S{0,4}의?\s?제보"),
    _sign("counter", 3, 80, r"^(?:(?:라이킷|댓글|공감|좋아요|조회수?|추천|스크랩)\s?[\d,]+\s*){1,6}(?:공유|공유하기|신고|목록\S{0,2}|구독)?$"),
    _sign("related", 3, 120, r"^[▶▷►☞\s]*(?:함께|같이)\s?(?:보면|읽으면|볼|읽을)\s?(?:더\s?)?(?:좋은|만한)?\s?(?:기사|글|뉴스|콘텐츠|칼럼)(?:\s?[:：|]|$)"),
    _sign("menu", 3, 40, r"^(?:클릭|터치|탭)\s?하(?:면|거나|여|시면|세요)(?:\s|$).{0,20}$"),
    _sign("menu", 3, 40, r"^(?:\d{1,2}[\s|·]*){1,12}(?:다음|이전|끝)\s?(?:페이지|쪽)?\W{0,3}$|^(?:다음|이전)\s?(?:페이지|쪽)\W{0,3}$"),
    _sign("byline", 3, 80, r"^(?:서명|시그니처|signature)\s?[:：]\s?\S"),
    _sign("embed", 3, 60, r"^(?:www\.)?[a-z0-9][a-z0-9-]{1,30}(?:\.[a-z0-9-]{2,30}){0,2}\.(?:com|net|org|kr|jp|io|me|tv|info|biz|example)(?:/\S{0,30})?$"),
    _sign("embed", 3, 60, r"^(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)\S{0,7}\s(?:\S{1,8}[시군구]\s){0,2}(?:\S{1,8}[읍면동리가]\s){0,2}\S{1,16}(?:로|길)\s?\d{1,5}(?:-\d{1,4})?(?:\s\S{1,16}){0,2}$"),
    _sign("prev_next", 3, 400, r"이전\s?(?:다음)?\s?(?:글|기사|게시물|포스트).{0,160}다음\s?(?:글|기사|게시물|포스트)(?:\s|$)", "이전"),
    _sign("prev_next", 3, 200, r"^(?:이전|다음)\s?(?:글|기사|포스트|게시물|글보기|뉴스|회차|화)\b(?:\s*[:|▶▷<>]|$|\s.{0,120}$)|^(?:이전글|다음글|이전기사|다음기사|NEXT|PREV)\b"),
    _sign("related", 3, 60, r"^\W{0,3}(?:이 (?:기사|글)와?\s?(?:관련|함께|비슷)|관련\s?(?:기사|뉴스|글|정보|콘텐츠|키워드|포스트|자료|영상|태그|게시물|이슈|문서|아티클)|연관\s?(?:기사|뉴스|글|아티클)|(?:최신|추천|인기|주요|핫|베스트|오늘의|이 시각|실시간|많이 본|가장 많이 본|많이본|함께 볼만한|함께 보면 좋은|함께 읽으면 좋은|더 볼만한|놓치지 말아야 할|당신이 좋아할|지금 뜨는|랭킹)\s?.{0,8}(?:기사|뉴스|글|콘텐츠|칼럼|포스트|이슈|영상|정보|베스트|랭킹|순위|키워드|검색어)|다른\s?(?:기사|글|뉴스|포스트)\s?(?:보기|더보기)?|헤드라인|실시간\s?베스트|.{0,20}의? 다른 (?:글|기사|포스트).{0,6}|.{1,14} 많이 본 뉴스|당신이 관심 있을|추천\s?콘텐츠|이런 (?:기사|글)은? 어때요|(?:기자|필자|작가)의?\s?(?:다른|최신)\s?(?:기사|글).{0,8}|(?:주요|추천|인기)\s?(?:서비스|게시글|게시물)|관련\s?문서|BEST\s?(?:글|게시물)?|'.{1,20}' 카테고리의 다른 글)\W{0,3}\d*$"),
    _sign("ad", 3, 60, r"^\$\$\w+\$\$$|^\W*(?:AD|ads?|광고|advertisement|sponsored|PR|파워링크|스폰서)\W*$|taboola|by dable|\[AD\]|^이 포스팅은 .{0,30}(?:파트너스|협찬|수수료)|쿠팡\s?파트너스|googlesyndication|^\W*(?:AD|광고)\s"),
    _sign("menu", 3, 40, r"^(?:본문|메뉴|푸터|헤더|주메뉴|내용|하단|상단|검색)\s?(?:내용|메뉴|영역|컨텐츠)?\s?(?:으로\s?)?(?:바로\s?가기|건너뛰기)|^(?:상단|하단|본문|왼쪽|오른쪽|갤러리|콘텐츠|컨텐츠)\s?.{0,14}영역$|^skip to|^스크롤 이동 상태바|^현재\s?위치"),
    _sign("widget", 3, 120, r"^AI\s?요약은|본문\s?(?:요약봇|듣기|읽기)|자동\s?추출\s?기술|텍스트\s?음성\s?변환|(?:말하기|재생|음성)\s?속도|음성\s?(?:재생|듣기|으로\s?듣기)|기사를?\s?(?:읽어|들려|듣기)|읽어주기\s?기능|요약보기|전체\s?맥락을\s?이해|번역\s?(?:설정|beta)|글씨\s?크기|글자\s?크기|폰트\s?크기|본문\s?(?:글씨|글꼴|크기)|텍스트\s?크기|이동\s?통신망|^\d{1,2}:\d\d(?:\s?/\s?\d{1,2}:\d\d)?$|섹션(?:으로)? 분류|확대\s?(?:보기|이미지)|이미지\s?(?:확대|크게)|큰\s?사진\s?보기|관련\s?사진\s?보기|사진\s?크게\s?보기|인터랙티브|^(?:previous|next) image$"),
    _sign("share", 3, 90, r"(?:페이스북|트위터|카카오톡|카카오스토리|밴드|네이버블로그|라인|텔레그램|X|SNS|URL|링크|주소|기사|이메일|메일)\s?(?:\(?으\)?로|에)?\s?(?:공유(?:하기)?|보내기|복사(?:하기)?|기사보내기|보내기)(?:$|\s)|기사\s?스크랩|스크랩(?:하기)?$|^(?:공유|공유하기|share|tweet|인쇄|프린트|복사|URL|카카오톡?|페이스북|트위터|facebook|twitter|kakao|copy link)$|URL이?\s?복사|클립보드|주소가 복사"),
    _sign("counter", 3, 80, r"^\W*(?:(?:조회(?:\s?수)?|추천(?:\s?수)?|비추천|좋아요|싫어요|공감(?:\s?수)?|비공감|라이킷|스크랩|읽음|view|views|hit|hits|댓글(?:수)?|답글|하트|쏠쏠정보|흥미진진|공감백배|분석탁월|후속강추|고정닉|응원수|비추력|추천지수|구독자(?:\s?수)?|팔로워|조회)\s*[:：]?\s*[\d,.]*(?:만|천|k|회|명|건)?\s*[|·/,]?\s*){1,8}\W*$"),
    _sign("counter", 3, 12, r"^\W{0,3}\d{1,3}(?:,\d{3})*(?:개|건|명|회)?\W{0,3}$|^\d{1,3}\s?/\s?\d{1,4}$|^\d{5,9}$|^[가＋+\-−–—xX×]$|^-\s\+$|^\+\s?\d*$"),
    _sign("login", 3, 90, r"^회원\s?(?:용|전용)\b|^(?:로그인|회원가입|로그아웃|아이디|비밀번호|마이페이지|내 정보)(?:\s?[|/·,]?\s?(?:로그인|회원가입|고객센터|비밀번호|찾기|아이디|유지|메뉴버튼|검색|구독|하기)){0,6}$|비밀번호를?|아이디(?:\(|를| 입력|는)|회원(?:으로|가입이?|님)|로그인\s?(?:하|한|이 필요|후|상태|요청)|(?:본인|휴대폰)\s?인증|자동입력\s?방지"),
    _sign("tag", 3, 400, r"^(?:키워드|태그|tags?|해시태그|관련태그)\s*(?:tags?)?\s*[:#：]|^(?:#[^\s#]{1,24}[\s,]*){1,40}$|^(?:태그|tags?|키워드)$"),
    _sign("attachment", 3, 160, r"^\W{0,2}붙임\s?\d{0,2}\W.{0,100}\d\s?부\.?(?:\s*끝\.?)?$|^\W*(?:첨부\s?(?:파일|문서)?|붙임|다운로드)\s*[:：]?\s*\d*\W*$|^.{1,120}\.(?:hwpx?|pdf|docx?|xlsx?|pptx?|zip|odt)\W*(?:\[?\(?[\d.,]+\s?[KMG]?B\)?\]?)?\W*(?:바로보기|다운로드|내려받기|미리보기|\s)*$"),
    _sign("contact", 3, 260, r"^\W*(?:담당|소관|작성)\s?(?:부서|기관|과)\s[가-힣·]{1,20}(?:과|팀|국|실|관|단|부|처|청|센터)$|^\W*(?:담당\s?(?:부서|자|과|기관)?|문의(?:처|전화|하기)?|연락처|책임자|전화(?:번호)?|팩스|FAX|tel)\s*(?:[:：<(|]|\s.{0,80}\(?0\d{1,2}[-)]).{0,200}$|\(?0\d{1,2}[-)]\s?\d{3,4}-\d{4}\)?\s?$", "담당 소관 작성 문의 연락처 책임자 전화 팩스 fax tel -"),
    _sign("footer", 3, 400, r"사업자\s?등록|통신\s?판매|대표\s?이사\s?[:：|]?|발행인|편집인|청소년\s?보호|고충처리인|등록\s?번호\s?[:：]|등록일자|대표\s?전화|개인\s?정보\s?(?:처리|취급|보호|수집)|이용\s?약관|광고\s?(?:안내|문의|제휴)|제휴\s?(?:안내|문의)|찾아오시는\s?길|회사\s?소개|고객\s?센터|이메일\s?무단|윤리\s?강령|family site|패밀리\s?사이트|전자정부 누리집|powered by|designed by|blog is powered|RSS 피드|관리자", "등록 판매 이사 발행인 편집인 청소년 고충처리인 전화 정보 약관 광고 제휴 찾아오시는 소개 센터 이메일 윤리 family 패밀리 전자정부 powered designed rss 관리자"),
    _sign("promo", 3, 60, r"^이 (?:글|기사|포스트|콘텐츠)(?:이|가|은|는)?\s.{0,20}(?:나요|까|세요|다면)[?!.]?$"),
    _sign("promo", 3, 90, r"(?:셨|았|었)다면,?\s.{0,20}(?:구독|후원|가입|응원|공유|좋아요|팔로우|눌러|남겨).{0,16}$|^구독하(?:시?면|고).{0,24}(?:볼 수|받|만나|만날).{0,14}$", "다면 구독하"),
    _sign("counter", 3, 40, r"^(?:읽는\s?(?:데|시간)|예상\s?(?:읽기|시간)|약).{0,10}\d+\s?분(?:\s?(?:소요|읽기))?$|^\d+\s?(?:min read|분 (?:읽기|소요))"),
    _sign("footer", 3, 200, r"^분류\s?:(?:\s.*)?$|마지막으로 편집되었습니다|크리에이티브 커먼즈|^원본 주소", "분류 마지막으로 크리에이티브 원본"),
    _sign("notice", 3, 300, r"^덧붙이는\s?글|^편집자\s?주\W|^\W{0,2}(?:알립니다|바로잡습니다)\W{0,2}$"),
    _sign("menu", 3, 120, r"^(?:청원인|청원\s?분야|동의\s?(?:수|기간|인원)|청원\s?번호|접수일|공개일|처리\s?상태|분류|목차|차례)(?:$|\s*[:：]|\s\S)"),
    _sign("notice", 3, 260, r"(?:공식적?인?\s?)?(?:입장|견해|논조|편집\s?(?:방향|방침))[을를이과와]?\s?(?:대변|다를|반영|일치)|출처를?\s?.{0,24}(?:반드시|꼭|밝혀|명시|적어|표기)|인용(?:을|를)?\s?(?:안내|하실|할|시)(?!\s?수)|자동\s?(?:요약|생성|번역)(?:한|된|하)|AI가?\s?(?:자동|요약|작성)|투자\s?(?:판단|결정)의?.{0,20}책임|본\s?(?:페이지|기사|콘텐츠|게시물|자료|포스팅)[에은는의].{0,60}(?:않습니다|있습니다|바랍니다|입니다|받)|다양한 (?:의견|생각)을.{0,30}(?:환영|기다)|^이 (?:기사|글|콘텐츠)(?:는|은).{0,40}(?:작성|제작|게재|발행|분류|출고|전재)(?:했|하였|됐|되었|된|한)", "대변 다를 반영 일치 출처 인용 자동 요약 작성 책임 페이지 기사 글 콘텐츠 게시물 자료 포스팅 다양한"),
    _sign("promo", 3, 120, r"뉴스레터|원고료|^응원하기$|후원(?:하기|해\s?주세요|금|이\s)|함께\s?해\s?주세요|^제안하기$|구독\s?(?:하기|중|신청|취소|하고|하세요|자\s?\d|\+|해\s?주세요|과 좋아요)|언론사를?\s?구독|채널\s?(?:추가|구독)|앱(?:을|으로)?\s?(?:다운|설치|에서\s?(?:보기|열기))|푸시\s?알림|알림\s?(?:받기|설정|신청|을 받)|이웃\s?추가|팔로우(?:하기)?$|^팔로우|메인에서 바로|한눈에 보는|오늘의 운세|놓치지 마세요|지금 (?:바로 )?(?:확인|구독|가입|다운)|바로가기\W*$|▶.{0,60}(?:보기|가기|확인|구독|추가|하세요)|네이버에서.{0,30}(?:구독|받아|만나)|기사 (?:보기|더보기)$"),
    _sign("notice", 3, 80, r"^\W{0,2}(?:방송|방송일|방송시간|진행자?|대담자?|출연자?|연결)\s?[:：]\s?\S.{1,60}$"),
    _sign("notice", 3, 90, r"(?:요청하신|찾으시는)\s?(?:페이지|주소|기사|글|게시물|문서).{0,20}(?:없습니다|없어요|않습니다)|(?:페이지|게시물)[를을]?\s?찾을 수 없|^(?:404|not found|페이지 없음)\b", "요청하신 찾으시는 찾을 404 found 없음"),
    _sign("review", 3, 80, r"^[<\[(〈【]\s?(?:감수|교정|번역|도움말?|정리|자문)\s?[:=：].{1,60}[>\])〉】]$|^(?:감수|교정|도움말|자문)\s?[:：=].{1,50}$"),
    _sign("byline", 3, 90, rf"^\W*(?:{EMAIL})\W*$|^[^.?!]{{0,44}}(?:{EMAIL})[^가-힣]{{0,24}}$"),
    _sign("byline", 3, 70, r"^\W{0,2}(?:글|글쓴이|작성자|필자|기자명|지은이|취재|정리|등록자|게시자|posted by|by|written by|author|Writer)\s*[:=·ㆍ|]\s*\S.{0,60}$|^by\s\S{1,40}(?:\s.{0,30})?$|^[(\[<]?\s?(?:영상\s?취재|영상\s?편집|취재\s?기자|촬영\s?기자|영상\s?디자인|촬영|편집|그래픽|자막뉴스|기획|제작|연출|구성|작가|VJ|CG|디자인|취재|진행)\s?[:：=/].{2,60}[)\]>]?$"),
    _sign("byline", 2, 60, rf"^\W{{0,2}}(?:[가-힣A-Za-z0-9 ·ㆍ,=/]{{0,24}}[\s=·]|)[가-힣]{{2,4}}(?:\s?[·ㆍ,/]\s?[가-힣]{{2,4}})*\s?{ROLE}\W{{0,2}}(?:구독|팔로우|기자페이지|\+|\d+|(?:기자\s)?페이지)?$"),
    _sign("byline", 2, 40, r"^(?:칼럼니스트|평론가|대중문화평론가|문화평론가|소설가|시인|작가|번역가|방송인|변호사|논설위원|객원기자|시민기자|편집장|기자)\s[가-힣]{2,4}$"),
    _sign("byline", 3, 90, rf"^[가-힣A-Za-z ]{{0,16}}?[가-힣]{{2,4}}\s?{ROLE}\s?[|·/,]\s?(?:입력|승인|등록|게재|작성)?(?:일시|일)?\s?:?\s?{DATE}.{{0,24}}$|^by\s[^.?!|·]{{2,40}}\s?[|·]\s.{{1,60}}$|^글\s[가-힣]{{2,5}}\s?[·,|/]\s?(?:사진|그림|삽화|일러스트|영상|편집)\s[가-힣]{{2,5}}(?:\s?[|·/].{{0,24}})?$"),
    _sign("dateline", 3, 140, rf"^\W{{0,3}}(?:기사\s?|최초\s?|최종\s?)?(?:입력|등록|수정|승인|작성|발행|게시|업데이트|업로드|송고|게재|공개|일시|날짜|등록일|작성일|발행일|게시일|입력시간|등록일시|최종수정|기사입력|보도일시|배포일시|보도|방송|posted|published|updated|date)(?:일시|일자|일|시간|시각)?\s*[:：|]?\W{{0,4}}(?:\(?{DATE}|20\d{{2}}|오전|오후|\d+\s?(?:분|시간|일)\s?전|$)"),
    _sign("dateline", 2, 60, rf"^\W{{0,3}}{DATE}[.일)]?(?:\s?\(?[월화수목금토일](?:요일)?\)?)?(?:\s?(?:오전|오후|AM|PM)?\s?\d{{1,2}}[:시]\s?\d{{2}}(?:[:분]\s?\d{{0,2}}초?)?)?(?:\s?(?:송고|입력|수정|작성|등록|KST|[ap]m))*\W{{0,3}}$|^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{{0,6}}\.?\s\d{{1,2}}[.,]?\s(?:19|20)\d{{2}}\.?$|^\d+\s?(?:분|시간|일|주|개월|달|년)\s?전$|^(?:어제|오늘|방금 전)$"),
    _sign("caption", 3, 400, r"^\[[^\]=]{2,30}=[^\]]{2,24}\].{8,320}(?:19|20)\d\d\.\s?\d\d?\.\s?\d\d?\.?(?:\s?\S{3,40}@\S{3,40})?$"),
    _sign("caption", 2, 320, r"^[▲△▼▽◀▶]\s?[^.]{4,200}(?:[/=ⓒ©|<(\[]\s?[^/]{2,30}(?:제공|기자|뉴스|사진|캡처|DB|자료)?[>)\]]?|모습\.?|사진\.?|장면\.?)$"),
    _sign("caption", 3, 300, rf"^.{{10,200}}(?:(?:/|\s=|\.)\s?(?:연합뉴스|뉴시스|뉴스1|로이터|AP|AFP|EPA|게티이미지\S{{0,4}})(?:\s?(?:제공|자료사진|뉴스1|연합뉴스))?\.?$|[=./]\s?[가-힣]{{2,4}}\s?(?:선임)?기자\W*(?:{EMAIL}\W*)?(?:/?\d{{4}}\.\d\d?\.\d\d?\.?/?)?$|(?:사진|자료|이미지|그래픽)\s?[=:]\s?[^.]{{2,30}}$|[ⓒ©Ⓒ]\s?[가-힣A-Za-z0-9 ]{{2,20}}$|[./)]\s?[가-힣A-Za-z]{{2,12}}\s?제공\W{{0,2}}$|[.)]\s?(?:사진|촬영)\s?[가-힣]{{2,4}}(?:\s(?:작가|기자))?$|\s[가-힣]{{2,6}}\s?=\s?(?:[가-힣A-Za-z0-9]{{2,8}}|[가-힣]{{2,4}}\s?(?:선임)?기자)\W{{0,3}}$)", "연합뉴스 뉴시스 뉴스1 로이터 ap afp epa 게티이미지 기자 = : ⓒ © 제공 사진 촬영"),
    _sign("caption", 3, 300, r"(?<=.{10})[\[(<]\s?(?:(?:사진|자료|이미지|그래픽)\s?[^\])>]{0,30}|(?:연합뉴스|뉴시스|뉴스1|로이터|AP|AFP|EPA|게티이미지\S{0,4})[^\])>]{0,12}|[^\])>.]{2,24}\s?(?:제공|캡처|갈무리|자료사진))[\])>]\W{0,1}$"),
    _sign("listing", 3, 200, r"^\d{5,10}\s.{2,120}\s\d{2}\.\d{2}\s\d+|^번호\s제목|^설문\s|글쓴이\s작성일|갤로그로 이동|^\d{1,2}\s?(?:위)?\s.{4,80}\.{2,3}$"),
    _sign("rule", 3, 20, r"^\W{1,20}$"),
)  # fmt: skip

# Words that screens are made of. A short line that consists of them, and of nothing else, is a button or a menu.
_SCREEN = re.compile(
    r"로그인|로그아웃|회원|가입|공유|구독|댓글|덧글|답글|메뉴|버튼|검색|닫기|열기|펼치기|접기|더\s?보기|이전|다음|목록|인쇄|프린트|스크랩|글자|글씨|크기|폰트|좋아요|싫어요|추천|비추천|신고|알림"
    r"|설정|확인|취소|등록|페이스북|트위터|카카오\s?(?:톡|스토리)?|네이버|블로그|밴드|라인|텔레그램|URL|복사|이메일|메일|기사|바로\s?가기|홈|전체|이용약관|약관|고객센터|회사소개|광고|문의|제휴|저작권"
    r"|청소년|보호|정책|개인정보|처리방침|RSS|TOP|맨\s?위로|위로|뉴스레터|앱|다운로드|비밀번호|아이디|마이페이지|원문|원본|북마크|읽기\s?모드|모드|다크|라이트|본문|하기|보기|삭제|수정|관리|통계|글쓰기"
    r"|쓰기|입력|내용|서비스|안내|사이트맵|사이트|언어|한국어|English|영상|포토|사진|갤러리|게시판|커뮤니티|이벤트|쇼핑|만화|웹툰|날씨|운세|지면|신문|방송|편성표|온에어|LIVE|라이브|생방송|제보|투고"
    r"|정치|경제|사회|국제|세계|문화|연예|스포츠|오피니언|사설|칼럼|지역|전국|생활|라이프|과학|기술|산업|금융|증권|부동산|IT|테크|교육|건강|의료|여행|책|인물|사람|피플|포커스|기획|연재|특집|속보|단독|최신|인기"
    r"|실시간|랭킹|베스트|뉴스|이슈|트렌드|주제|카테고리|태그|아카이브|방명록|공지사항|공지|소개|이웃|추가|팔로우|팔로잉|조회수?|공감|수|개|건|명|회|년|월|일|전|후|순|및|의|를|을|로|으로|에|와|과|Click|Tweet|Share"
    r"|Home|About|Contact|Login|Menu|Search|Prev|Next|Close|More|All|News|PC|모바일|버전|통합|분류|정렬|옵션|제목|번호|작성자|글쓴이|작성일|이름|첨부|파일|이미지|그림|내|나의|기자|페이지|채널|프리미엄|멤버십|유료|무료"
    r"|일반|섹션|종합|분야|코너|시리즈|동영상|오디오|팟캐스트|듣기|음성|재생|정지|속도|번역|요약|선택|완료|동의|필수|신청|취재|편집|제작|누르기|이동|화면|창|새창|새로고침|초기화|적용|저장|보관함|고정|작게|크게|내려받기|여론조사|반응형"
)  # fmt: skip
_LETTER = re.compile(r"[0-9A-Za-z가-힣一-鿿]")

# Sentences that a screen says to its user.
_SCREEN_SENTENCE = re.compile(
    r"(?:하시겠습니까|되었습니다|됐습니다|하였습니다|해\s?주세요|하세요|해\s?주십시오|바랍니다|주시기 바랍|있습니다|없습니다|않습니다|됩니다|가능합니다|입니다|주세요|드립니다|불러오는 중)[.!?]?(?:\s?\(.{1,30}\))?$"
)
_SCREEN_WORD = re.compile(
    r"로그인|회원|비밀번호|아이디|댓글|알림|구독|공유|클릭|버튼|브라우저|설정|동의|이용약관|개인정보|페이지|게시[글물]|첨부|파일|업로드|메일|인증|가입|서비스|검색|화면|접속|팝업|쿠키|신고|삭제|등록|선택|입력|기사\b|콘텐츠|컨텐츠|이용(?:자|하|할|이)"
)

SAYS = re.compile(r"^[가-힣]{2,4}(?:\s[가-힣]{2,8})?\s?[>＞]\s?\S")
"""Somebody's words in a transcript, behind the name."""
SPEAKER = re.compile(
    r"^[\[(【<◀〈]\s?(?:앵커|기자|리포트|인터뷰|녹취|질문|답변|진행자?|사회자|아나운서|캐스터|출연|[가-힣]{2,4}\s?(?:앵커|기자|아나운서))[^\])】>▶〉]{0,24}[\])】>▶〉]"
)
"""A line that says who speaks, in a transcript."""
_LONG_SIGNS = tuple(sign for sign in SIGNS if sign.most > 120)
_ENDS = re.compile(r"[.!?…。！？](?:[\"'”’)\]」』》>]|\s?\(.{1,12}\)){0,3}$")
_ENDING = re.compile(
    r"(?:[다요죠까네냐군걸](?:ㅋ+|ㅎ+|ㅠ+|ㅜ+|~+|\^\^|;+|!+|\.+)?|(?:음|함|임|됨|듯)[.;~ㅋㅎ]*|[ㅋㅎㅠㅜ]{2,})[\"'”’)\]]{0,2}$"
)
_VERB_END = re.compile(
    r"[다요죠까네냐군걸임음함됨자라지오서만고며][.!?…~]*[\"'”’)\]」』]{0,3}(?:\s?\([^()]{1,14}\))?[\"'”’.]{0,2}$"
)
_INNER = re.compile(r"[다요죠까][.!?][\"'”’)]?\s")
_JOSA = re.compile(
    r"[가-힣](?:을|를|은|는|이|가|에|에서|으로|로|와|과|도|의|고|며|면|게|지만|는데|에게|까지|부터|라고|다는|했|한)(?=[\s,])"
)
_STOP = re.compile(r"[가-힣]\.[\"”'’)]{0,2}$")
_LATIN_SENTENCE = re.compile(r"[A-Za-z]{2,}(?:\s[A-Za-z'’-]+){6,}.*[.!?][\"”’)]?$")


def prose(text: str) -> float:
    """How much of a sentence of an article the line is: about its length in code points for prose, 0 for a title or a button."""
    tail = text[-60:]
    bare = _SMILE.sub("", tail) if tail[-1:] in _SMILING or tail[-1:] > "\ufe00" else tail
    if bare != tail:
        text = text[: len(text) - len(tail)] + bare
        tail = bare
    count = len(text)
    if count < 9:
        return 0.0
    if _ENDS.search(tail):
        if _VERB_END.search(tail) or tail.endswith(("。", "。」")) or _INNER.search(text[:600]):
            return float(min(count, 500)) if count >= 20 else count * 0.6
        if count >= 20 and _STOP.search(tail) and has_particles(text):
            # Spoken: "작년부터 떨려."
            return float(min(count, 500))
        if count >= 60 or _LATIN_SENTENCE.search(text[:800]):
            return min(count, 500) * 0.8
        return 0.0 if text.endswith(("..", "…")) else count * 0.25
    if count >= 60 and _INNER.search(text[:600]):
        return float(min(count, 500))
    if count >= 90 and len(_JOSA.findall(text[:400])) * 14 >= min(count, 400) * 0.7:
        return min(count, 500) * 0.8
    if _ENDING.search(tail) and count >= 10:
        # A second sentence, without its stop.
        return float(min(count, 500)) if count >= 20 and _INNER.search(text) else count * 0.5
    return 0.0


def has_particles(text: str) -> bool:
    """Does the line have the particles of running text (a menu has none)?"""
    return _JOSA.search(text) is not None


def screen_share(text: str) -> float:
    """The share of the line's letters that are words of screens, 0 to 1."""
    return _screen_share(text[:120])


@lru_cache(8192)
def _screen_share(text: str) -> float:
    letters = len(_LETTER.findall(text))
    if not letters:
        return 1.0
    left = len(_LETTER.findall(_SCREEN.sub(" ", text)))
    digits = sum(1 for char in text if char.isdigit())
    return 1.0 - max(0, left - digits) / letters


def is_sign(text: str) -> bool:
    """Do the line's words alone say that it is furniture?"""
    return len(text) <= 120 and _sign_of(text, len(text))[1] >= 3


def judge(line: Line) -> None:
    """Set the line's `prose`, `reason` and `strength`."""
    text = line.text
    count = len(text)
    if line.mark == "---":
        line.reason, line.strength = "rule", 3
        return
    line.prose = prose(text)
    if count <= 24 and SPEAKER.match(text):
        return
    if line.strength:
        # The page's markup has said what it is.
        return
    line.reason, line.strength = _sign_of(text, count)
    if line.mark in {"▲", "△", "▼", "▽", "◀"} and count <= 260 and _SCENE.search(text):
        line.reason, line.strength = "caption", 3
        return
    if line.reason in {"caption", "photo_credit"} and line.mark in _HEADING_MARKS:
        line.reason, line.strength = "", 0
    if line.reason:
        if line.strength == 3 and line.prose >= 20 and line.reason in _SPOKEN_OF and not _RIGHTS.search(text):
            # A sentence in plain style tells of comments or of copyright; one in polite style may be the screen speaking.
            line.strength = 1 if _PLAIN_END.search(text[-24:]) or count > 260 else 2
        return
    if line.mark == "|":
        return
    if count <= 40 and line.prose < 20 and screen_share(text) >= 0.85:
        line.reason, line.strength = "menu", 2 if count <= 24 else 1
        return
    if count <= 90 and _SCREEN_SENTENCE.search(text) and len(_SCREEN_WORD.findall(text)) * 14 >= count:
        line.reason, line.strength = "notice", 2


_HEADING_MARKS = frozenset("#□■◆◇◈○●◦◎❍▣")
_SCENE = re.compile(
    r"(?:모습|전경|풍경|장면|현장|사진|표지|포스터|조감도|내부|외부|광경|기념촬영|단체사진|제공|기자|뉴스|시스|있다|캡처|갈무리|[ⓒ©Ⓒ]\s?[가-힣A-Za-z0-9 ]{2,20})[.)\]]{0,2}$"
)
"""What the words under a picture end in."""
_SPOKEN_OF = {
    "comments", "report", "paywall", "ad", "widget", "share", "login", "contact", "footer", "notice", "promo", "menu", "counter", "copyright",
    "photo_credit", "related", "review",
}  # fmt: skip
"""Signs that a sentence of an article may have too, because it speaks of such things."""
_RIGHTS = re.compile(r"무단\s?(?:전재|복제|배포)|재배포|[ⓒ©Ⓒ]|all rights|copyright", re.I)
_PLAIN_END = re.compile(r"(?<![니])다[.!?\"'”’)\]]*(?:\s?\([^()]{1,14}\))?$")
_SMILING = frozenset(":;)(D^~ㅋㅎㅠㅜ♡♥❤✨☺")
_SMILE = re.compile(
    r"(?:\s*(?::\)|:\(|;\)|:D|\^+[_.]?\^+|[ㅋㅎㅠㅜ]{1,}|~+|[♡♥❤✨☺\U0001F300-\U0001FAFF\uFE0F]+|[!?.;]+(?=\s)))+$"
)


def _sign_of(text: str, count: int) -> tuple[str, int]:
    # The pages of one site have the same menus: short lines come again and again.
    return _remembered(text) if count <= 40 else _look_up(text, count)


@lru_cache(8192)
def _remembered(text: str) -> tuple[str, int]:
    return _look_up(text, len(text))


def _look_up(text: str, count: int) -> tuple[str, int]:
    signs = SIGNS if count <= 120 else _LONG_SIGNS
    has = text.lower().__contains__
    for reason, strength, most, pattern, words in signs:
        if count <= most and (not words or any(map(has, words))) and pattern.search(text):
            return reason, strength
    return "", 0
