"""Does a draft's kind fit the words? What an article expects, supposes or judges is never a fact."""

from collections.abc import Iterator

from knowledge.gate import modality
from knowledge.gate.drafts import Draft
from knowledge.gate.saying import Fault, Finding, Said

_PLAIN = frozenset({"fact", "figure", "definition"})


def check(draft: Draft, states: str, context: str, *, later_year: bool) -> Iterator[Finding]:
    """What is wrong with the kind, given the words that state the draft (with the rest of their clause) and the context."""
    statement = f"{draft.statement_ko}\n{draft.statement_en}"
    every = f"{states}\n{context}"
    if draft.kind in _PLAIN:
        yield from _plain(draft, states, statement)
    elif draft.kind == "opinion" and modality.supposes(states) and not modality.has_view(every):
        yield from ()
    elif draft.kind == "forecast" and not (later_year or modality.speaks_of_later(every)):
        yield _wrong("forecast", "앞을 내다보는 말이 없습니다", "do not look ahead", "fact, figure, opinion")
    elif draft.kind == "hypothesis" and not modality.is_conditional(every):
        yield _wrong("hypothesis", "가정하거나 조건을 다는 말이 없습니다", "suppose nothing", "fact, figure, forecast, opinion")


def _plain(draft: Draft, states: str, statement: str) -> Iterator[Finding]:
    told = modality.tells(statement)
    if modality.supposes(states):
        yield _wrong(draft.kind, "가정하는 말입니다", "suppose something", "hypothesis")
    elif modality.looks_ahead(states) and not (told and draft.kind == "fact" and modality.tells(states)):
        yield _wrong(draft.kind, "앞을 내다보는 말입니다", "look ahead", "forecast")
    elif modality.plans(states) and draft.kind == "figure" and not told:
        yield _wrong(draft.kind, "계획이나 목표를 말합니다", "tell of a plan or target", "forecast, fact")
    elif modality.judges(states):
        yield _wrong(draft.kind, "판단하거나 요구하는 말입니다", "judge or demand", "opinion")


def _wrong(kind: str, ko: str, en: str, mend: str) -> Fault:
    return Fault(
        "kind",
        Said(f"인용한 말은 {ko}: {kind}일 수 없습니다", f"the quoted words {en}, so this is no {kind}"),
        Said(
            f"kind를 {mend} 가운데서 고르고 진술에도 드러내세요" if "," in mend else f"kind: {mend}로 하고 진술에도 드러내세요",
            f"Use kind {mend.replace(', ', ' or ')}, and word the statement so",
        ),
    )
