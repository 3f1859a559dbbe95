"""How many large AI models has each country released? As published, beside recounts of the dataset; never mixed."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.datasets import countries as known
from knowledge.datasets.model import LICENCE
from knowledge.datasets.vintages import VintageFolder
from knowledge.figures import messages, places
from knowledge.figures.counting import USUAL_PERIOD, Counting, CountsAsked
from knowledge.figures.published import Published, remarks
from knowledge.model.errors import UnanswerableError
from knowledge.model.records import Bilingual, Entity, Language
from knowledge.queries.figure_answers import Behind, CountryCounts, CountryRecount
from knowledge.queries.messages import SHARE_OF_KNOWN
from knowledge.queries.names import Names
from knowledge.queries.pagination import Detail, Page, room
from knowledge.store.store import StoreReader

_MOST: dict[Detail, int] = {"brief": 60, "full": 600}


async def country_counts(
    store: StoreReader,
    folder: VintageFolder | None,
    asked: CountsAsked,
    language: Language,
    known_on: date | None = None,
) -> CountryCounts:
    """The counts of the named countries, of all where none is named.

    Raises:
        UnanswerableError: for a period without years where years are asked for, an unknown vintage, an unknown country whose
            models are asked for, or a foreign cursor.
    """
    published = await Published.of(store, known_on)
    names = await Names.of(store, language)
    entities = {entity.id: entity for entity in await store.all(Entity)}
    codes = {name: _code(name, names, entities) for name in (*asked.countries, asked.models_of) if name}
    answering = _Answering(Counting(published, asked, language, folder), codes)
    # Tables are read and counted in; that takes a while the first time.
    return await asyncio.to_thread(answering.answer) if folder else answering.answer()


@dataclass(frozen=True)
class _Answering:
    counting: Counting
    codes: Mapping[str, str | None]
    """What the names stand for: alpha-3 codes; `None` for what is no country."""

    def answer(self) -> CountryCounts:
        names = self._asked.countries or tuple(filter(None, [self._asked.models_of]))
        wanted = list(dict.fromkeys(code for name in names if (code := self.codes[name])))
        nothing_known = bool(self._asked.countries) and not wanted
        counts = (
            ()
            if nothing_known
            else self.counting.published.shown(wanted, self._language, self._asked.detail, self.counting.check)
        )
        behind = self._behind()
        recounts = [] if nothing_known or self._asked.models_of else self.counting.recounts(wanted)
        frame = CountryCounts(
            language=self._language,
            counts=counts,
            not_found=tuple(name for name in self._asked.countries if not self.codes[name]),
            countries_known=tuple(self._known()),
            licence=LICENCE if recounts or behind else None,
            notes=tuple(self._notes(wanted, recounts, behind)),
        )
        if behind:
            return self._with_models(frame, behind)
        # A cursor is of these rows: where a table came meanwhile, the next page would repeat some of them.
        call = (*self._asked.call, [(one.vintage, one.rule, one.period, one.rows) for one in recounts])
        page = Page.at(self._asked.cursor, len(recounts), _MOST[self._asked.detail], self._language, *call)
        fitting, after = page.fill(recounts[page.window], room(frame, self._asked.detail))
        return frame.model_copy(update={"recounts": fitting, "cursor": after})

    def _with_models(self, frame: CountryCounts, behind: Behind) -> CountryCounts:
        head = frame.model_copy(update={"behind": behind.model_copy(update={"models": ()})})
        call = (*self._asked.call, behind.vintage, behind.count)
        page = Page.at(self._asked.cursor, behind.count, _MOST[self._asked.detail], self._language, *call)
        fitting, after = page.fill(behind.models[page.window], room(head, self._asked.detail))
        return frame.model_copy(update={"behind": behind.model_copy(update={"models": fitting}), "cursor": after})

    def _behind(self) -> Behind | None:
        named = self._asked.models_of
        if not named:
            return None
        if code := self.codes[named]:
            return self.counting.behind(code)
        if places.is_region(named):
            raise UnanswerableError(messages.REGIONS.in_language(self._language))
        raise UnanswerableError(messages.describe_unknown_countries(self._near([named])).in_language(self._language))

    def _notes(self, wanted: Sequence[str], recounts: Sequence[CountryRecount], behind: Behind | None) -> list[str]:
        everything = not self._asked.countries
        claims = self.counting.published.claims(wanted) if wanted or everything else []
        notes = [*self._on_countries(wanted)]
        if self.counting.is_before_all:
            notes.append(messages.ALL_OLDER.in_language(self._language))
        elif self._asked.models_of and not behind:
            notes.append(messages.MODELS_NEED_ROWS.in_language(self._language))
        elif not behind and (wanted or everything) and self.counting.lacking:
            notes.append(
                messages.describe_missing_recounts(self.counting.lacking, self._asked.population).in_language(
                    self._language
                )
            )
        if claims:
            notes.append(SHARE_OF_KNOWN.in_language(self._language))
        notes += [
            note.in_language(self._language) for note in self._on_recounts(recounts, behind, published=bool(claims))
        ]
        differing = self.counting.vintages.differing(USUAL_PERIOD)
        notes += [
            messages.TABLE_DIFFERS.format(vintage=str(one.vintage), sha256=one.sha256[:12]).in_language(self._language)
            for one in differing
        ]
        return notes + remarks(claims, self._language) + list(self.counting.vintages.faults.values())

    def _on_countries(self, wanted: Sequence[str]) -> Iterator[str]:
        missing = [name for name in self._asked.countries if not self.codes[name]]
        if any(places.is_region(name) for name in missing):
            yield messages.REGIONS.in_language(self._language)
        if unknown := [name for name in missing if not places.is_region(name)]:
            yield messages.describe_unknown_countries(self._near(unknown)).in_language(self._language)
        if unpublished := [code for code in wanted if code not in self.counting.published.countries]:
            names = [known.label(code, self._language) for code in unpublished]
            yield messages.describe_unpublished(names, self._known()).in_language(self._language)

    def _on_recounts(
        self, recounts: Sequence[CountryRecount], behind: Behind | None, *, published: bool
    ) -> Iterator[Bilingual]:
        counted: list[CountryRecount | Behind] = [*recounts, *([behind] if behind else [])]
        if counted:
            yield messages.MULTINATIONAL
        if published and self._asked.period and not self.counting.is_of_the_published_period:
            yield messages.OTHER_PERIOD
        if any(one.covers for one in counted):
            yield messages.COVERS_A_PART
        if any(one.rule == "any" for one in counted):
            yield messages.COUNTED_FOR_EACH
        if any(0 in one.counts.values() for one in recounts):
            yield messages.NONE_LISTED
        if self._asked.population == "notable":
            yield messages.OTHER_POPULATION

    def _near(self, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
        entities = self.counting.published.entities.values()
        return {name: places.near(name, entities, self._language) for name in names}

    @property
    def _asked(self) -> CountsAsked:
        return self.counting.asked

    @property
    def _language(self) -> Language:
        return self.counting.language

    def _known(self) -> list[str]:
        return [one.name.in_language(self._language) for one in self.counting.published.countries.values()]


def _code(name: str, names: Names, entities: dict[str, Entity]) -> str | None:
    """The alpha-3 code of what was named: a country of the knowledge base, or any other."""
    isos = (iso for identity in names.find(name) if (iso := entities[identity].iso))
    return next(isos, None) or known.asked(name)
