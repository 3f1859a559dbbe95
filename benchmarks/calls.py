"""Calls of the benchmark: many realistic ones of each tool, none twice in a row."""

import tomllib
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent
_QUESTIONS = 40
_SETS_OF_MODELS = 20
_COUNTRIES = ("한국", "미국", "중국", "프랑스", "영국", "일본", "Canada", "Israel")


@dataclass(frozen=True)
class Call:
    """A call of a tool."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)


def rotation() -> dict[str, list[Call]]:
    """The calls by tool; every argument that is not given has its default."""
    return {
        "search_trends": [Call("search_trends", {"query": question}) for question in _questions()],
        "get_trend": [Call("get_trend", {"trend": trend["id"]}) for trend in _data("trends")],
        "get_country_model_counts": [Call("get_country_model_counts", {"countries": some}) for some in _countries()],
        "compare_model_costs": [Call("compare_model_costs", {"models": some}) for some in _models()],
        "read_article": [Call("read_article", {"article": article}) for article in _articles()],
    }


def _questions() -> list[str]:
    file = _ROOT / "tests" / "questions.toml"
    text = [question["ask"] for question in tomllib.loads(file.read_text(encoding="utf-8"))["questions"]]
    return text[:: max(1, len(text) // _QUESTIONS)][:_QUESTIONS]


def _countries() -> list[list[str]]:
    """None (which means all), each, and each with the next."""
    return [[], *([country] for country in _COUNTRIES), *map(list, pairwise(_COUNTRIES))]


def _models() -> list[list[str]]:
    """None (which means all), and models and makers by one, two and three, in either language."""
    priced = [entity["name"] for entity in _data("entities") if entity["type"] in {"model", "company"}]
    names = list(chain.from_iterable((first["ko"], two["en"]) for first, two in pairwise(priced)))
    return [[], *(names[place * 2 : place * 2 + 1 + place % 3] for place in range(_SETS_OF_MODELS))]


def _articles() -> list[str]:
    return sorted(file.stem for file in (_ROOT / "knowledge" / "data" / "articles").glob("*.toml"))


def _data(name: str) -> list[dict[str, Any]]:
    file = _ROOT / "knowledge" / "data" / f"{name}.toml"
    entries: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))[name]
    return entries
