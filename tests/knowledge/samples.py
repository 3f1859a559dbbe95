"""An invented article and an invented data folder, for the tests of curation."""

from collections.abc import Mapping
from pathlib import Path

from knowledge.text.anchoring import digest

TEXT = (
    "가상 신문, 달빛 특집\n"
    "달빛연구소는 올해 상반기에 번역 모형 14개를 내놓았다고 밝혔다. 별빛전자는 아직 하나도 없다.\n"
    "연구소가 밝힌 학습 비용은 460만 달러이다. 소장은 내년에는 두 배가 될 것이라고 말했다.\n"
    "소장은 웃었다. 소장은 웃었다.\n"
)
COUNT = "번역 모형 14개를 내놓았다고 밝혔다."
COST = "학습 비용은 460만 달러이다."

RECORD = """\
[article]
id = "moonlight"
title = "가상 신문, 달빛 특집"
about.ko = "시험을 위해 지어낸 글"
about.en = "A text made up for tests"
"""
LENGTH = f"""\
length = {len(TEXT)}
sha256 = "{digest(TEXT)}"
"""
CLAIM = """
[[claims]]
id = "moonlight.models"
kind = "figure"
statement.ko = "한 연구소가 모형 열네 개를 발표했다."
statement.en = "One laboratory presented fourteen models."
entities = ["moonlight-lab"]
trends.translation = "supports"
"""
FIGURE = """
[[claims.figures]]
measure = "models_released"
subject = "moonlight-lab"
value = "14"
unit = "models"
raw = "14개"
"""
MONEY = """
[[claims.figures]]
measure = "training_cost"
subject = "moonlight-lab"
value = "4600000"
unit = "USD"
raw = "460만 달러"
"""
TRENDS = """\
[[trends]]
id = "translation"
name.ko = "번역"
name.en = "translation"
summary.ko = "번역하는 모형이 늘어난다."
summary.en = "More models translate."
"""
ENTITIES = """\
[[entities]]
id = "moonlight-lab"
type = "organisation"
name.ko = "달빛연구소"
name.en = "Moonlight Lab"
"""


def quoted(quote: str) -> str:
    """Return a draft's evidence; `quote` must not need TOML escapes."""
    return f'\n[[claims.evidence]]\nquote = "{quote}"\n'


def sealed(quote: str, text: str = TEXT) -> str:
    """Return evidence as sealing leaves it."""
    start = text.index(quote)
    return f'\n[[claims.evidence]]\nstart = {start}\nend = {start + len(quote)}\nsha256 = "{digest(quote)}"\n'


ARTICLE = RECORD + LENGTH + CLAIM + FIGURE + sealed(COUNT)
"""A file without fault."""


def folder(root: Path, article: str | None = ARTICLE, **lists: str | None) -> Path:
    """Create a valid data folder under `root`, with files replaced by what is given; `None` leaves a file out."""
    defaults: Mapping[str, str | None] = {"trends": TRENDS, "entities": ENTITIES, "disagreements": "", "terms": ""}
    (root / "articles").mkdir(parents=True, exist_ok=True)
    if article is not None:
        (root / "articles" / "moonlight.toml").write_text(article, encoding="utf-8")
    for name, content in {**defaults, **lists}.items():
        if content is not None:
            (root / f"{name}.toml").write_text(content, encoding="utf-8")
    return root
