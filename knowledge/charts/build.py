"""The chart of an answer: published counts beside recounts, or costs with a panel for each basis."""

from collections.abc import Awaitable, Callable, Sequence

from knowledge.charts.costs import chart_costs
from knowledge.charts.counts import chart_counts
from knowledge.charts.model import BarChart
from knowledge.figures import messages
from knowledge.model import UnanswerableError
from knowledge.queries import Answer, CostComparison, CountryCounts

_MOST_PAGES = 20


async def build_chart(ask: Callable[[str], Awaitable[Answer]]) -> BarChart:
    """Return the chart of an answer with counts or costs, from all its pages.

    Args:
        ask: asks the question for the page at a cursor.

    Raises:
        UnanswerableError: if there is no number in it to draw.
    """
    pages = [await ask("")]
    while (cursor := getattr(pages[-1], "cursor", None)) and len(pages) < _MOST_PAGES:
        pages.append(await ask(cursor))
    return chart_pages(pages)


def chart_pages(pages: Sequence[Answer]) -> BarChart:
    """Return the chart of an answer's pages.

    Raises:
        UnanswerableError: if there is no number in it to draw.
    """
    counts = [page for page in pages if isinstance(page, CountryCounts)]
    costs = [page for page in pages if isinstance(page, CostComparison)]
    if counts and (counts[0].counts or counts[0].recounts):
        recounts = tuple(row for page in counts for row in page.recounts)
        return chart_counts(counts[0].model_copy(update={"recounts": recounts}))
    if any(group.figures for page in costs for group in page.groups):
        return chart_costs(costs)
    raise UnanswerableError(messages.NOTHING_TO_DRAW.in_language(pages[0].language))
