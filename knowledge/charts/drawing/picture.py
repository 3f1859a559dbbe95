"""Draws a chart, as SVG and as PNG. The same chart is the same bytes, on every machine."""

import io
from typing import NamedTuple

from knowledge.charts import messages
from knowledge.charts.drawing.columns import draw_columns
from knowledge.charts.drawing.font import NEEDS_CHARTS, load_typeface
from knowledge.charts.drawing.rows import draw_rows, find_axis_left
from knowledge.charts.drawing.svg import INK, MARGIN, MUTED, RULE, WIDTH, Sheet
from knowledge.charts.model import BarChart, Panel, caption, describe, describe_panel
from knowledge.model import StoreError
from knowledge.text import strip_hidden

_TITLE, _SUBTITLE, _HEADING, _REMARK, _NOTE = 34, 21, 25, 19, 17
_COLOURS = 256


class Picture(NamedTuple):
    """A drawn chart."""

    svg: bytes
    """With searchable, selectable text that screen readers read."""
    png: bytes
    """1,400 pixels wide, with title, description and source in its metadata."""
    alt: str
    """Text alternative."""


def draw(chart: BarChart) -> Picture:
    """Draw a chart; some 0.1 to 0.3 s the first time, when the font is read.

    Raises:
        StoreError: The extra `charts` is not installed.
    """
    sheet = Sheet(load_typeface())
    sheet.paragraph(chart.title, _TITLE)
    sheet.paragraph(chart.subtitle, _SUBTITLE, MUTED)
    for place, panel in enumerate(chart.panels):
        _panel(sheet, chart, panel, ruled=place > 0)
    sheet.y += 24
    for words in (*chart.notes, *caption(chart)):
        sheet.paragraph(words, _NOTE, MUTED, most=4)
    title, alt = sheet.face.plain(chart.title), strip_hidden(describe(chart))
    svg = sheet.svg(title, alt, chart.language)
    return Picture(svg, _png(svg, {"Title": title, "Description": alt, "Source": "\n".join(caption(chart))}), alt)


def _panel(sheet: Sheet, chart: BarChart, panel: Panel, *, ruled: bool) -> None:
    sheet.y += 22
    if ruled:  # what is below is another matter
        sheet.y += 8
        sheet.line((MARGIN, sheet.y), (WIDTH - MARGIN, sheet.y), RULE)
        sheet.y += 18
    sheet.paragraph(panel.heading, _HEADING, INK)
    sheet.paragraph(panel.remark, _REMARK, MUTED)
    if not panel.has_bars:
        sheet.paragraph(messages.NO_BARS.in_language(chart.language), _SUBTITLE)
        for line in describe_panel(panel, chart.language):
            sheet.paragraph(line, _REMARK)
    elif chart.direction == "columns":
        draw_columns(sheet, panel, chart.language)
    else:
        draw_rows(sheet, panel, chart.language, find_axis_left(sheet, chart.panels))
    sheet.y += 12 if panel.footnotes else 0
    for words in panel.footnotes:
        sheet.paragraph(words, _NOTE, MUTED, most=4)


def _png(svg: bytes, about: dict[str, str]) -> bytes:
    """Render the SVG as PNG; 256 colours suffice and make it a third as large."""
    try:
        import resvg_py  # noqa: PLC0415 - an extra, imported only when used
        from PIL import Image, PngImagePlugin  # noqa: PLC0415
    except ImportError as error:
        raise StoreError(NEEDS_CHARTS) from error
    fonts = [str(load_typeface().file)]
    drawn = resvg_py.svg_to_bytes(svg_string=svg.decode(), font_files=fonts, skip_system_fonts=True)
    info, png = PngImagePlugin.PngInfo(), io.BytesIO()
    for keyword, text in about.items():
        info.add_itxt(keyword, strip_hidden(text))
    with Image.open(io.BytesIO(drawn)) as image:
        image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(png, "PNG", optimize=True, pnginfo=info)
    return png.getvalue()
