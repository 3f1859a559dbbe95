"""Pages in the shapes that news sites have, with a text that nobody published: what is wanted of them and what is not."""

from typing import NamedTuple

PARAGRAPHS = (
    "가온연구소가 20일 공개한 소형 언어 모델 ‘마루’는 매개변수 30억 개로 휴대전화에서 돌아간다. 연구소는 학습에 공개된 한국어 글 4천억 토큰을 썼다고 밝혔다.",
    "개발을 이끈 이도담 실장은 “큰 모델을 줄이는 대신 처음부터 작게 만들었다”며 “전력은 같은 일을 하는 서버의 12분의 1만 든다”고 말했다.",
    "업계는 신중하다. 한 반도체 회사 관계자는 “휴대전화의 메모리가 넉넉해져야 널리 쓰일 것”이라고 전망했다. 연구소는 내년 3월까지 가중치와 평가 자료를 모두 내놓을 계획이다.",
    "연구소는 같은 날 평가 결과도 냈다. 읽고 답하기에서는 다섯 배 큰 모델과 비슷했고, 긴 글을 요약할 때는 뒤처졌다. 모델을 내려받은 사람은 하루 만에 1만2천 명을 넘었다.",
)
ENGLISH = (
    "Gaon Institute released a small language model on Friday that runs on a phone. The model, called Maru, has three billion parameters and was trained on 400 billion tokens of public Korean text.",
    "“We did not shrink a large model, we began with a small one,” said Dodam Lee, who led the work. It takes a twelfth of the power that a server needs for the same task, she said.",
    "Others are careful. An engineer at a chip maker expects phones to need more memory first. The institute plans to publish weights and test data by March.",
)
TITLE = "가온연구소, 휴대전화에서 도는 언어 모델 ‘마루’ 공개"
UNWANTED = (
    "많이 본 뉴스", "로그인", "저작권자", "무단 전재", "기사제보", "구독하기", "댓글 3개", "열두 살의 로봇 축구", "메뉴 열기", "이용약관"
)  # fmt: skip
"""Words of everything around the article."""

_HEAD = """<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<meta property="og:site_name" content="누리일보"><meta property="og:url" content="https://news.example.com/a/1">
<meta property="og:description" content="휴대전화에서 도는 언어 모델이 나왔다"><meta property="article:published_time" content="2026-11-20T09:31:00+09:00">
<meta name="author" content="김하늘"><link rel="canonical" href="https://news.example.com/a/1">"""
_BAR = """<div id="gnb"><a href="/">누리일보</a><button>메뉴 열기</button><ul><li><a href="/it">IT</a></li><li><a href="/eco">경제</a></li><li><a href="/login">로그인</a></li></ul></div>"""
_RELATED = """<div class="related_news"><h3>많이 본 뉴스</h3><ul><li><a href="/2">열두 살의 로봇 축구</a></li><li><a href="/3">바다 밑 자료 센터의 하루</a></li><li><a href="/4">전기 먹는 계산기, 답은 물</a></li></ul></div>"""
_FOOT = """<div id="footer"><p>기사제보 02-000-0000 <a href="/terms">이용약관</a></p><p>저작권자 © 누리일보 무단 전재 및 재배포 금지</p></div>"""
_COMMENTS = (
    """<div id="comments" class="u_cbox"><h3>댓글 3개</h3><ul><li>좋은 소식이네요</li><li>배터리는요</li></ul></div>"""
)


class Shape(NamedTuple):
    """A page, and which paragraphs it has."""

    name: str
    html: str
    paragraphs: tuple[str, ...] = PARAGRAPHS


def page(body: str, head: str | None = None, *, title: str = TITLE, lang: str = "ko") -> str:
    """A page with what news sites have around their articles."""
    head = _HEAD.format(title=title) if head is None else head
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} - 누리일보</title>{head}'
        f"<script>var t = 1;</script><style>p {{}}</style></head><body>{_BAR}{body}{_COMMENTS}{_RELATED}{_FOOT}</body></html>"
    )


def _paragraphs(texts: tuple[str, ...] = PARAGRAPHS) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


_BREAKS = "<br/>\n<br/>\n"
_BYLINE = '<p class="byline">김하늘 기자 haneul@example.com</p>'
_FIGURE = '<figure><img src="/1.jpg" alt="마루를 돌리는 전화"><figcaption>가온연구소가 마루를 보이고 있다. /가온연구소</figcaption></figure>'

SHAPES = (
    Shape("article with paragraphs", page(f"<article><h1>{TITLE}</h1>{_paragraphs()}</article>")),
    Shape(
        "portal, lines broken by br",
        page(
            f'<div id="ct"><h2 id="title_area"><span>{TITLE}</span></h2><div class="media_end_head_info_datestamp">'
            '<span class="media_end_head_info_datestamp_time" data-date-time="2026-11-20 09:31:02">2026.11.20. 오전 9:31</span></div>'
            f'<div id="newsct_article"><article id="dic_area" class="go_trans _article_content">{_FIGURE}<br><br>{"<br><br>".join(PARAGRAPHS)}<br></article></div></div>'
        ),
    ),
    Shape("div with br only", page(f'<div id="articleBody" itemprop="articleBody">{_BREAKS.join(PARAGRAPHS)}</div>')),
    Shape(
        "divs for paragraphs",
        page(
            f'<h1>{TITLE}</h1><div class="article_txt">{"".join(f"<div>{paragraph}</div>" for paragraph in PARAGRAPHS)}</div>'
        ),
    ),
    Shape(
        "figure, byline and copyright in the text",
        page(
            f'<section id="article-view"><h3 class="heading">{TITLE}</h3><div id="article-view-content-div">{_FIGURE}{_paragraphs()}{_BYLINE}<p>저작권자 © 누리일보 무단 전재 및 재배포 금지</p></div></section>'
        ),
    ),
    Shape(
        "related links in the middle",
        page(
            f'<article class="story-news article">{_paragraphs(PARAGRAPHS[:2])}<aside class="aside-bnr06"><h3>관련기사</h3><ul><li><a href="/9">열두 살의 로봇 축구</a></li></ul></aside>{_paragraphs(PARAGRAPHS[2:])}</article>'
        ),
    ),
    Shape(
        "table layout of old sites",
        page(
            f'<table width="900"><tr><td>{_BAR}</td><td class="view_text"><font size="3">{"<br><br>".join(PARAGRAPHS)}</font></td></tr></table>'
        ),
    ),
    Shape(
        "blog with headings and a list",
        page(
            f"<main><div class='tt_article_useless_p_margin contents_style'><h2>무엇이 새로운가</h2>{_paragraphs()}<ul><li>매개변수 30억 개</li><li>공개 가중치</li></ul></div></main>"
        ),
    ),
    Shape(
        "english",
        page(
            f"<article><h1>A model for phones</h1>{_paragraphs(ENGLISH)}</article>",
            title="A model for phones",
            lang="en",
        ),
        ENGLISH,
    ),
    Shape(
        "spans in one paragraph",
        page(
            f'<div class="news_cnt_detail_wrap" itemprop="articleBody"><p>{"<br><br>".join(f"<span>{paragraph}</span>" for paragraph in PARAGRAPHS)}</p></div>'
        ),
    ),
    Shape("short news flash", page(f'<article id="dic_area">{PARAGRAPHS[0]}</article>'), PARAGRAPHS[:1]),
)

LOGIN = """<!doctype html><html><head><title>로그인</title></head><body><h1>로그인</h1><form action="/login"><input name="id"><input type="password" name="pw"><button>로그인</button></form>
<p>아이디 또는 비밀번호를 잊으셨나요? 회원이 아니라면 지금 가입하고 기사를 읽으세요.</p></body></html>"""
LINKS = f"""<!doctype html><html><head><title>누리일보 - IT</title></head><body>{_BAR}<ul>{"".join(f'<li><a href="/a/{n}">오늘의 소식 {n}: 바다 밑 자료 센터가 문을 열고 로봇이 길을 묻는다</a></li>' for n in range(40))}</ul>{_FOOT}</body></html>"""
EMPTY = "<!doctype html><html><head><title>누리일보</title></head><body></body></html>"
SCRIPT = """<!doctype html><html><head><title>누리일보</title></head><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript><script src="/app.js"></script></body></html>"""
COOKIES = """<!doctype html><html><head><title>Before you continue</title></head><body><div class="consent"><h1>Before you continue</h1>
<p>We and our partners use cookies to store and read information on your device, to show you advertising and to measure it.</p>
<p>If you choose to accept all cookies, we will also use them to build a profile. You can change your choice at any time.</p>
<button>Accept all</button><button>Reject all</button></div></body></html>"""
