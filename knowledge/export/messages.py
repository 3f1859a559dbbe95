"""The texts of an exported document, in both languages."""

from knowledge.model import Attribution, Bilingual, Kind, Stance, Status

TITLE = Bilingual(ko="AI 동향: 주장과 근거", en="AI trends: claims and their evidence")
ABOUT = Bilingual(
    ko="주장 {claims}건, 기사 {articles}편. {day}에 ai-trends-mcp {version}에서 내보냄. 주장은 기사가 그렇게 말한다는 뜻이며, 사실이라는 뜻은 아니다. 인용문은 외부 글에서 옮긴 것이다.",
    en="{claims} claims from {articles} articles, exported on {day} by ai-trends-mcp {version}. A claim is what an article says, not a verified fact. Quotes are taken from outside texts.",
)
OTHER = Bilingual(ko="동향에 속하지 않는 주장", en="Claims without a trend")
DISAGREEMENTS = Bilingual(ko="엇갈리는 점", en="Disagreements")
ARTICLES = Bilingual(ko="기사", en="Articles")
NO_LONGER = Bilingual(ko="더는 유효하지 않은 주장", en="Claims no longer valid")
ALSO = Bilingual(ko="다른 동향: {trends}", en="also: {trends}")
ON = Bilingual(ko="날짜: {day}", en="on {day}")
BY = Bilingual(ko="변경자: {name}", en="by {name}")
WHY = Bilingual(ko="이유: {why}", en="because: {why}")
INSTEAD = Bilingual(ko="관련 주장: `{claim}`", en="see `{claim}`")
UNRECORDED = Bilingual(ko="변경 기록이 없음", en="when and by whom is not recorded")
PERIOD = Bilingual(ko="시기: {period}", en="period: {period}")
REMARK = Bilingual(ko="비고: {note}", en="Remark: {note}")
UNTITLED = Bilingual(ko="제목 없음 (`{id}`)", en="untitled (`{id}`)")
CODE_POINTS = Bilingual(ko="코드 포인트 {start}–{end}", en="code points {start}–{end}")
CONTEXT = Bilingual(ko="주장을 뒷받침하는 문맥", en="context of the claim")
REMOVED = Bilingual(ko="보이지 않는 문자는 뺌", en="hidden characters removed")
COPY_OF = Bilingual(ko="`{id}`의 사본", en="a copy of `{id}`")

KINDS: dict[Kind, Bilingual] = {
    "figure": Bilingual(ko="수치", en="figure"),
    "fact": Bilingual(ko="사실", en="fact"),
    "forecast": Bilingual(ko="전망", en="forecast"),
    "opinion": Bilingual(ko="의견", en="opinion"),
    "hypothesis": Bilingual(ko="가설", en="hypothesis"),
    "definition": Bilingual(ko="정의", en="definition"),
}
ATTRIBUTIONS: dict[Attribution, Bilingual] = {
    "author": Bilingual(ko="기사 본문", en="the article itself"),
    "direct": Bilingual(ko="{speaker} (직접 인용)", en="{speaker} (in quotation marks)"),
    "indirect": Bilingual(ko="{speaker} (간접 인용)", en="{speaker} (in reported speech)"),
    "unnamed": Bilingual(ko="{speaker} (익명 출처)", en="{speaker} (an unnamed source)"),
}
STANCES: dict[Stance, Bilingual] = {
    "supports": Bilingual(ko="뒷받침", en="supports it"),
    "qualifies": Bilingual(ko="한정", en="qualifies it"),
    "disputes": Bilingual(ko="반박", en="disputes it"),
}
STATUSES: dict[Status, Bilingual] = {
    "current": Bilingual(ko="유효", en="current"),
    "superseded": Bilingual(ko="대체됨", en="superseded"),
    "disputed": Bilingual(ko="다툼 있음", en="disputed"),
    "retracted": Bilingual(ko="철회됨", en="retracted"),
}
IDENTIFIED = Bilingual(
    ko="본문 {length} 코드 포인트, SHA-256 {sha256}", en="text of {length} code points, SHA-256 {sha256}"
)
