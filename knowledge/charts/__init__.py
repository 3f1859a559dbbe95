"""Bar charts of counts and costs as values: panels, series, bars, footnotes. `drawing` renders them."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.charts.build import build_chart
    from knowledge.charts.model import BarChart

__all__ = ["BarChart", "build_chart"]

__getattr__ = lazy_names(__name__, build="build_chart", model="BarChart")
