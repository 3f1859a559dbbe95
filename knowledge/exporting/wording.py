"""The words of our own in an exported text, in both languages."""

from knowledge.model import Attribution, Bilingual, Kind, Stance, Status

TITLE = Bilingual(ko="AI 동향: 주장과 근거", en="AI trends: claims and their evidence")
ABOUT = Bilingual(
    ko="주장 {claims}건, 기사 {articles}편. ai-trends-mcp {version} 판이 {day}에 내보냄. 주장은 기사가 그렇게 말한다는 뜻이며, 사실이라는 뜻은 아니다. 인용은 바깥에서 온 글의 말이다.",
    en="{claims} claims from {articles} articles, exported on {day} by ai-trends-mcp {version}. A claim is what an article says, not what is so. Quotes are words from outside.",
)
OTHER = Bilingual(ko="동향에 딸리지 않은 주장", en="Claims that bear on no trend")
DISAGREEMENTS = Bilingual(ko="엇갈리는 물음", en="Disagreements")
ARTICLES = Bilingual(ko="기사", en="Articles")
NO_LONGER = Bilingual(ko="더는 유효하지 않은 주장", en="Claims that no longer stand")
ALSO = Bilingual(ko="다른 동향: {}", en="also: {}")
ON = Bilingual(ko="날짜 {}", en="on {}")
BY = Bilingual(ko="한 이 {}", en="by {}")
WHY = Bilingual(ko="까닭: {}", en="because: {}")
INSTEAD = Bilingual(ko="관련 주장: `{}`", en="see `{}`")
UNRECORDED = Bilingual(ko="언제, 누가 그랬는지 기록이 없음", en="when and by whom is not recorded")
PERIOD = Bilingual(ko="시기 {}", en="of {}")
REMARK = Bilingual(ko="비고: {}", en="Remark: {}")
UNTITLED = Bilingual(ko="제목 없음 (`{}`)", en="untitled (`{}`)")
CODE_POINTS = Bilingual(ko="코드 포인트 {}–{}", en="code points {}–{}")
CONTEXT = Bilingual(ko="주장을 뒷받침하는 문맥", en="context of the claim")
REMOVED = Bilingual(ko="보이지 않는 문자를 뺐음", en="hidden characters removed")
COPY_OF = Bilingual(ko="`{}`의 사본", en="a copy of `{}`")

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
    "direct": Bilingual(ko="{} (직접 인용)", en="{} (in quotation marks)"),
    "indirect": Bilingual(ko="{} (간접 인용)", en="{} (in reported speech)"),
    "unnamed": Bilingual(ko="{} (이름 없는 출처)", en="{} (a source without a name)"),
}
STANCES: dict[Stance, Bilingual] = {
    "supports": Bilingual(ko="뒷받침", en="supports it"),
    "qualifies": Bilingual(ko="한정", en="qualifies it"),
    "disputes": Bilingual(ko="반박", en="disputes it"),
}
STATUSES: dict[Status, Bilingual] = {
    "current": Bilingual(ko="유효", en="stands"),
    "superseded": Bilingual(ko="대체됨", en="superseded"),
    "disputed": Bilingual(ko="다툼 있음", en="disputed"),
    "retracted": Bilingual(ko="철회됨", en="retracted"),
}
IDENTIFIED = Bilingual(ko="본문 {} 코드 포인트, SHA-256 {}", en="text of {} code points, SHA-256 {}")
