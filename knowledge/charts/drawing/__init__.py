"""SVG and PNG of a bar chart: layout, axis, legend, colours and patterns, font."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.charts.drawing.font import load_typeface
    from knowledge.charts.drawing.picture import Picture, draw

__all__ = ["Picture", "draw", "load_typeface"]

__getattr__ = lazy_names(__name__, font="load_typeface", picture="Picture draw")
