"""Amounts of every unit, bound and size, for properties."""

from decimal import Decimal
from typing import get_args

from hypothesis import strategies as st

from knowledge.model.records import Bound
from knowledge.text.quantities.amounts import UNITS, Amount

BOUNDS: tuple[Bound, ...] = get_args(Bound)


@st.composite
def sizes(draw: st.DrawFn) -> Decimal:
    """-10^52 to 10^52, also with many digits behind the point."""
    digits = draw(st.integers(0, 10**28 - 1) | st.integers(0, 10**4))
    size = Decimal(digits).scaleb(draw(st.integers(-20, 52 - len(str(digits)))))
    return size.copy_negate() if size and draw(st.booleans()) else size


@st.composite
def measured(draw: st.DrawFn) -> Amount:
    """With a unit: one number, or two that are a range."""
    unit, bound = draw(st.sampled_from(sorted(UNITS))), draw(st.sampled_from(BOUNDS))
    value = draw(sizes())
    upper = draw(sizes().filter(lambda upper: upper != value)) if bound == "between" else None
    if upper is not None:
        value, upper = min(value, upper), max(value, upper)
    return Amount(value=value, upper=upper, bound=bound, unit=unit)


def several() -> st.SearchStrategy[Amount]:
    """수조 원, dozens of models."""
    orders = st.integers(1, 29).map(lambda power: Decimal(10) ** power)
    return st.builds(Amount, value=orders, bound=st.just("several"), unit=st.sampled_from(sorted(UNITS)))


@st.composite
def fractions(draw: st.DrawFn) -> Amount:
    """3분의 1, 5/12ths."""
    parts = draw(st.integers(2, 9_999))
    bound = draw(st.sampled_from([bound for bound in BOUNDS if bound != "between"]))
    return Amount(value=Decimal(draw(st.integers(1, parts - 1))), bound=bound, parts=parts)


@st.composite
def bare(draw: st.DrawFn) -> Amount:
    """Without a unit, of a size that shows it to be an amount, and below 자, which before a particle is a letter (10자를)."""
    value = draw(st.integers(1_000, 10**23))
    bound = draw(st.sampled_from(BOUNDS))
    upper = Decimal(value + draw(st.integers(1, 10**23))) if bound == "between" else None
    return Amount(value=Decimal(value), upper=upper, bound=bound)


def amounts() -> st.SearchStrategy[Amount]:
    """Every amount that can be said so that it reads back."""
    return measured() | several() | fractions() | bare()
