"""Cost of a run: tokens as reported by the endpoint, dollars by the maker's list price, and the budget."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from pydantic import ValidationError

from knowledge.curation.extraction.types import RunEndedError, Usage
from knowledge.figures.pricing import ListPrice, Workload, get_price_list, workload_cost


def find_list_price(model: str, at: datetime | None = None) -> ListPrice | None:
    """Return the highest list price of the model's maker; a reseller's price says nothing about another endpoint."""
    own = get_price_list(at or datetime.now(UTC)).find(model).own
    return max(own, key=lambda price: (price.output, price.input), default=None)


@dataclass
class Spending:
    """Calls, tokens and dollars of a run, and its budget."""

    price: ListPrice | None = None
    budget: Decimal | None = None
    """US dollars."""
    calls: int = 0
    input: int = 0
    output: int = 0
    dollars: Decimal = Decimal(0)
    unreported: int = 0
    """Calls whose tokens the endpoint did not report."""

    def add(self, usage: Usage | None) -> None:
        """Count a call."""
        self.calls += 1
        if usage is None:
            self.unreported += 1
            return
        self.input += usage.input
        self.output += usage.output
        if self.price:
            self.dollars += _cost(self.price, usage)

    def check(self) -> None:
        """Check that the budget allows another call.

        Raises:
            RunEndedError: if the budget is spent, or cannot be measured.
        """
        if self.budget is None:
            return
        if self.unreported:
            raise RunEndedError(
                "The endpoint does not report tokens, so the budget cannot be enforced. "
                "Leave --budget out, or use another endpoint."
            )
        if self.dollars >= self.budget:
            raise RunEndedError(
                f"The budget of US${self.budget:f} is spent. Run the command again with a new --budget to continue."
            )


def _cost(price: ListPrice, usage: Usage) -> Decimal:
    try:
        work = Workload(input_tokens=usage.input, output_tokens=usage.output, cached_input_tokens=usage.cached)
    except ValidationError:  # no tokens at all
        return Decimal(0)
    return workload_cost(price, work, datetime.now(UTC)).total
