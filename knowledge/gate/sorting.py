"""Does a draft's kind fit the words? What an article expects, supposes or judges is never a fact."""

from collections.abc import Iterator, Sequence

from knowledge.gate import modality
from knowledge.gate.drafts import Draft
from knowledge.gate.quoting import Piece
from knowledge.gate.saying import Fault, Finding, Said, shown
from knowledge.gate.texts import Text

_PLAIN = frozenset({"fact", "figure", "definition"})


def check(draft: Draft, states: str, context: str, *, later_year: bool) -> Iterator[Finding]:
    """What is wrong with the kind, given the words that state the draft (with the rest of their clause) and the context."""
    statement = f"{draft.statement_ko}\n{draft.statement_en}"
    every = f"{states}\n{context}"
    if draft.kind in _PLAIN:
        yield from _plain(draft, states, statement)
    elif draft.kind == "forecast" and not (later_year or modality.speaks_of_later(every)):
        yield _wrong("forecast", "앞을 내다보는 말이 없습니다", "do not look ahead", "fact, figure, opinion")
    elif draft.kind == "hypothesis" and not modality.is_conditional(every):
        yield _wrong(
            "hypothesis", "가정하거나 조건을 다는 말이 없습니다", "suppose nothing", "fact, figure, forecast, opinion"
        )


def condition(draft: Draft, states: Sequence[Piece], every: str, text: Text) -> Iterator[Finding]:
    """A condition that stands before the quoted words in their sentence, and that no quote has."""
    if draft.kind in {"hypothesis", "opinion"} or modality.has_condition(every):
        return
    for piece in states:
        before = text.body[text.sentence(piece.start, piece.end)[0] : piece.start]
        if modality.has_condition(before):
            yield Fault(
                "quotes",
                Said(f"조건이 잘렸습니다: ‘{shown(before)}’", f"leave out the condition: ‘{shown(before)}’"),
                Said(
                    "조건까지 인용하고 kind를 hypothesis로 하세요", "Quote the condition too, and use kind `hypothesis`"
                ),
            )
            return


def _plain(draft: Draft, states: str, statement: str) -> Iterator[Finding]:
    told = modality.tells(statement)
    if modality.supposes(states):
        yield _wrong(draft.kind, "가정하는 말입니다", "suppose something", "hypothesis")
    elif modality.looks_ahead(states) and not (told and draft.kind == "fact" and modality.tells(states)):
        yield _wrong(draft.kind, "앞을 내다보는 말입니다", "look ahead", "forecast")
    elif not (told or modality.plans(statement)) and (
        (draft.kind == "fact" and modality.only_plans(states)) or (draft.kind == "figure" and modality.plans(states))
    ):
        yield _wrong(draft.kind, "계획이나 목표를 말합니다", "tell of a plan or target", "forecast, fact")
    elif modality.vows(states) and modality.has_done(draft.statement_ko):
        yield _wrong(draft.kind, "하겠다는 말입니다", "say what somebody is going to do", "forecast, fact")
    elif draft.kind != "definition" and modality.may_be(states) and not modality.leaves_open(statement):
        yield Fault(
            "statement_ko",
            Said("인용한 말은 그럴 수 있다고만 합니다", "the quoted words say only that it may be"),
            Said(
                "‘수 있다’를 살리거나, 조건이 있으면 kind: hypothesis",
                "Keep `may` or `can` in both statements; with a condition, use kind `hypothesis`",
            ),
        )
    elif modality.judges(states):
        yield _wrong(draft.kind, "판단하거나 요구하는 말입니다", "judge or demand", "opinion")


def _wrong(kind: str, ko: str, en: str, mend: str) -> Fault:
    return Fault(
        "kind",
        Said(f"인용한 말은 {ko}: {kind}일 수 없습니다", f"the quoted words {en}, so this is no {kind}"),
        Said(
            f"kind를 {mend} 가운데서 고르고 진술에도 드러내세요"
            if "," in mend
            else f"kind: {mend}로 하고 진술에도 드러내세요",
            f"Use kind {mend.replace(', ', ' or ')}, and word the statement so",
        ),
    )
