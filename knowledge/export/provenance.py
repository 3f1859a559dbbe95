"""The provenance of claims and articles, from events: who recorded them, status changes, replacements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.model import Claim, Event


@dataclass(frozen=True)
class Provenance:
    """Events by the record that they concern."""

    recorded: Mapping[str, Event]
    """Claim id -> the event that recorded it."""
    changed: Mapping[str, Event]
    """Claim id -> the last event that gave it a status."""
    replaced: Mapping[str, tuple[str, ...]]
    """Claim id -> the claims that it replaces."""
    added: Mapping[str, Event]
    """Article id -> the last event that added its text."""

    def of_status(self, claim: Claim) -> Event | None:
        """Return the event that gave a claim its present status, or `None` if none is recorded."""
        event = self.changed.get(claim.id)
        return event if event and event.action == claim.status else None


def trace_provenance(events: Iterable[Event]) -> Provenance:
    """Return the provenance that events record, given oldest first."""
    recorded: dict[str, Event] = {}
    changed: dict[str, Event] = {}
    replaced: dict[str, dict[str, None]] = {}
    added: dict[str, Event] = {}
    for event in events:
        if event.action == "recorded":
            recorded.setdefault(event.subject, event)
        elif event.action == "added":
            added[event.subject] = event
        elif event.action in ("current", "superseded", "disputed", "retracted"):
            changed[event.subject] = event
            if event.action == "superseded" and event.instead:
                replaced.setdefault(event.instead, {})[event.subject] = None
    return Provenance(recorded, changed, {claim: tuple(old) for claim, old in replaced.items()}, added)
