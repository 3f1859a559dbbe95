"""Claims curated by people, which verification must accept."""

from typing import Any

from knowledge.curation.verification import VerificationContext, verify_drafts
from knowledge.curation.verification.drafts import MOST_DRAFTS
from knowledge.model.records import Claim
from knowledge.store import packaged
from knowledge.text import anchoring
from knowledge.text.analysis.lexicon import Lexicon

MACHINE_CANNOT_SEE = {
    "ai-2026-outlook.assistant-not-magician",  # shares 25 characters with the text, but for its quotation marks
    "ai-bubble-essay.giotto-200m-parameters",  # explains a unit with numbers that the words do not have
    "ai-bubble-essay.hardware-life-3-to-5-years",  # an aside within a supposition
    "ai-bubble-essay.book-published",  # the text names the book in other words
    "ai-bubble-essay.book-german-mid-november",
    "ai-bubble-essay.book-english-translation",
}


def _draft(claim: Claim, text: str) -> dict[str, Any]:
    """A curated claim as a model would hand it in."""
    same = {"kind", "speaker", "attribution", "entities", "trends", "period", "asserted", "cost_basis"}
    words: dict[str, list[str]] = {"states": [], "context": []}
    for piece in claim.evidence:
        words[piece.role].append(text[piece.start : piece.end])
    return claim.model_dump(include=same) | {
        "statement_ko": claim.statement.ko,
        "statement_en": claim.statement.en,
        "quotes": words["states"],
        "context": words["context"],
        "figures": [
            figure.model_dump(exclude={"rule", "value", "upper"})
            | {"value": str(figure.value), "upper": None if figure.upper is None else str(figure.upper)}
            for figure in claim.figures
        ],
    }


def test_next_to_none_of_the_curated_claims_is_refused(texts: dict[str, str]) -> None:
    knowledge = packaged.load_folder(packaged.get_packaged_folder())
    by_digest = {anchoring.digest(text): text for text in map(anchoring.normalise, texts.values())}
    lexicon = Lexicon(knowledge.entities, knowledge.trends, knowledge.terms)
    entities = {entity.id: entity for entity in knowledge.entities}
    trends = {trend.id: trend for trend in knowledge.trends}
    refused = set()
    for article in knowledge.articles:
        text = by_digest[article.sha256]
        claims = [claim for claim in knowledge.claims if claim.article == article.id]
        ground = VerificationContext(article, text, lexicon, entities, trends)
        for start in range(0, len(claims), MOST_DRAFTS):
            some = claims[start : start + MOST_DRAFTS]
            verdicts = verify_drafts([_draft(claim, text) for claim in some], [], ground, "en").verdicts
            refused |= {claim.id for claim, verdict in zip(some, verdicts, strict=True) if verdict.status == "refused"}
    assert refused <= MACHINE_CANNOT_SEE
