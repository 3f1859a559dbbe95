"""Build of the packaged figures from vintages: recounts and some costs, as TOML, which `packaged.py` reads."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.datasets.counting import RULES, recount, recount_years
from knowledge.datasets.model import LICENCE, PUBLISHER, ListedModel, ModelTable
from knowledge.datasets.packaged import COSTS, RECOUNTS
from knowledge.datasets.parser import read_table
from knowledge.model import Bilingual, DatasetError

FIRST, LAST = 2020, 2024
"""Years of the published count, by SPRi."""
_URL = "https://epoch.ai/data/ai-models"
_HEAD = "# Made by `ai-trends-mcp curate figures`; do not edit.\n"
WELL_KNOWN = (
    "Grok 4", "Llama 4 Behemoth (preview)", "GPT-4.5", "Grok 3", "DeepSeek-R1", "DeepSeek-V3", "GLM-4-Plus", "Grok-2",
    "Llama 3.1-405B", "Claude 3.5 Sonnet", "Nemotron-4 340B", "GPT-4o", "Claude 3 Opus", "Gemini 1.5 Pro",
    "Gemini 1.0 Ultra", "Inflection-2", "GPT-4 Turbo", "Amazon Titan", "Falcon-180B", "Llama 2-70B", "Claude 2",
    "PaLM 2", "GPT-4", "GPT-3.5", "BLOOM-176B", "PaLM (540B)", "HyperCLOVA 204B", "GPT-3 175B (davinci)", "BERT-Large",
    "Transformer",
)  # fmt: skip
"""Models whose costs are packaged, as the dataset names them."""
WITHOUT = ("Kimi K2", "Kimi K2 Thinking")
"""Models that people ask for and that the dataset lists without a cost."""
_REMARKS: Mapping[str, Bilingual] = {
    "DeepSeek-V3": Bilingual(
        ko="개발사 논문이 GPU 임차료로 계산한 금액을 Epoch AI가 2023년 달러로 환산한 값으로, 하드웨어 상각비와 전력비를 추정한 값이 아니다.",
        en="Epoch AI converted what the developer's paper reckons at a rental price of GPUs; it is no estimate of depreciated hardware and energy.",
    ),
    "DeepSeek-R1": Bilingual(
        ko="DeepSeek-V3에 대한 논문의 금액에 강화 학습 비용 약 100만 달러를 더한 추정으로, 하드웨어 상각비와 전력비를 추정한 값이 아니다.",
        en="Epoch AI added about a million dollars for reinforcement learning to the paper's figure for DeepSeek-V3; it is no estimate of depreciated hardware and energy.",
    ),
    "Llama 2-70B": Bilingual(
        ko="GPU 사용 시간에 클라우드 단가를 곱한 값으로, 하드웨어 상각비와 전력비를 추정한 값이 아니다.",
        en="GPU hours at a cloud price; no estimate of depreciated hardware and energy.",
    ),
}
"""Epoch AI's notes on costs that differ from the basis of their column, in our own words."""


def write_figures(files: Iterable[Path], data: Path) -> tuple[Path, ...]:
    """Write the packaged figures into the data folder, from vintages identified by their file names.

    All large-scale vintages are recounted; the costs are those of the newest notable one. Return the files written.

    Raises:
        DatasetError: if a file cannot be read, or the notable one lacks a model whose cost is packaged. Nothing is written.
    """
    tables = sorted(map(read_table, files), key=lambda table: table.vintage)
    large_scale = [table for table in tables if table.population == "large_scale"]
    notable = [table for table in tables if table.population == "notable"]
    made = {RECOUNTS: format_recounts(large_scale)} if large_scale else {}
    if notable:
        made[COSTS] = format_costs(notable[-1])
    for name, text in made.items():
        (data / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(data / name for name in made)


def format_recounts(tables: Sequence[ModelTable]) -> str:
    """Return the recounts of these vintages as TOML: by each rule, of the whole period and of each year."""
    recounts = (
        counted
        for table in tables
        for rule in RULES
        for counted in (recount(table, rule, f"{FIRST}/{LAST}"), *recount_years(table, rule, FIRST, LAST))
    )
    lines = (line for counted in recounts for line in (*_format_table("[[recounts]]", dict(counted)), ""))
    return "\n".join([_HEAD, *_format_source(), *lines])


def format_costs(table: ModelTable) -> str:
    """Return the costs of the well-known models in this vintage as TOML.

    Raises:
        DatasetError: if a model in `WELL_KNOWN` has no cost, or one in `WITHOUT` has one.
    """
    listed = {model.model: model for model in table.models}
    missing = [name for name in WELL_KNOWN if name not in listed or not listed[name].costs]
    missing += [name for name in WITHOUT if name not in listed or listed[name].costs]
    if missing:
        raise DatasetError(
            f"{table.population} {table.vintage}",
            f"differs from what is expected of {', '.join(missing)}",
            "Each of WELL_KNOWN has a cost, each of WITHOUT is listed and has none",
            "Correct the lists in knowledge/datasets/build.py",
        )
    head = _format_fields({"population": table.population, "vintage": table.vintage, "without": WITHOUT})
    remarks = (line for name, text in _REMARKS.items() for line in _format_remark(name, text))
    models = (line for name in WELL_KNOWN for line in _format_model(listed[name]))
    return "\n".join([_HEAD, *head, "", *_format_source(), *remarks, *models])


def _format_source() -> Iterator[str]:
    yield from _format_table("[source]", {"publisher": PUBLISHER, "licence": LICENCE, "url": _URL})
    yield ""


def _format_remark(model: str, text: Bilingual) -> Iterator[str]:
    yield from _format_table("[[remarks]]", {"model": model, "text.ko": text.ko, "text.en": text.en})
    yield ""


def _format_model(listed: ListedModel) -> Iterator[str]:
    order = ("model", "developers", "released", "confidence", "countries", "multinational", "compute")
    yield from _format_table("[[models]]", {name: getattr(listed, name) for name in order})
    for cost in listed.costs:
        yield from _format_table("[[models.costs]]", dict(cost))
    yield ""


def _format_table(header: str, fields: Mapping[str, object]) -> Iterator[str]:
    yield header
    yield from _format_fields(fields)


def _format_fields(fields: Mapping[str, object]) -> Iterator[str]:
    """Yield a TOML line for each field, without those that are `None`."""
    yield from (f"{name} = {_format_value(value)}" for name, value in fields.items() if value is not None)


def _format_value(value: object) -> str:
    if isinstance(value, str):
        # A JSON string is a TOML string, but for one control character.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, tuple):
        return f"[{', '.join(map(_format_value, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {_format_value(item)}' for name, item in value.items())} }}"
    return str(value).lower()
