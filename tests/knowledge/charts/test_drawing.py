"""Pictures: what is in them, what they survive, and who can tell their bars apart."""

import io
import math
import sys
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from knowledge.charts.drawing.axis import make_scale
from knowledge.charts.drawing.font import load_typeface
from knowledge.charts.drawing.legend import APART, OTHERS, PUBLISHED, assign_looks
from knowledge.charts.drawing.picture import Picture, draw
from knowledge.charts.drawing.svg import INK, MUTED, PAPER
from knowledge.charts.model import Bar, BarChart, Panel, Series
from knowledge.model.errors import StoreError
from knowledge.model.records import Language
from mcp_server.cli.chart import write
from tests.knowledge.charts.sample_charts import EPOCH, costs, count, counts, make_chart, money

SVG = "{http://www.w3.org/2000/svg}"
# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
HOSTILE = (
    "<script>alert(1)</script>",
    r"$\frac{1}{2}$",
    "two\nlines\r\n",
    "\u202eesrever\u2066 \u200bhidden\x00",
    "x" * 300,
    "가" * 300,
    "🤖 深度求索 Łódź",
)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("make", [counts, costs])
def test_every_word_of_a_chart_stands_in_its_svg(make: Callable[[Language], BarChart], language: Language) -> None:
    chart = make(language)
    texts = _texts(draw(chart))
    for panel in chart.panels:
        message = (panel.heading, *panel.categories, *(line.name for line in panel.series))
        labels = [bar.label for line in panel.series for bar in line.bars]
        assert {word for word in (*message, *labels) if word} <= texts
    assert chart.title in texts


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_png_is_wide_enough_to_print_small_enough_to_send_and_not_blank(language: Language) -> None:
    for chart in (counts(language), costs(language)):
        png = draw(chart).png
        with Image.open(io.BytesIO(png)) as image:
            assert image.width == 1400
            assert len(image.convert("RGB").getcolors(100_000) or ()) > 20
            assert image.info["Title"] == chart.title
            assert "Epoch AI" in image.info["Source"]
        assert len(png) < 150_000


def test_korean_is_drawn_with_a_font_that_has_every_syllable() -> None:
    assert all(chr(code) in load_typeface().widths for code in range(ord("가"), ord("힣") + 1))
    titled = [counts("ko").model_copy(update={"title": word}) for word in ("가나다", "라마바")]
    first, other = (draw(chart).png for chart in titled)
    assert first != other  # a missing font draws nothing, or the same boxes for both


def test_the_same_chart_is_the_same_bytes() -> None:
    assert draw(costs("ko")) == draw(costs("ko"))


def test_a_picture_tells_those_who_cannot_see_it() -> None:
    picture = draw(counts("en"))
    root = ET.fromstring(picture.svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Large-scale models by country"
    assert root.findtext(f"{SVG}desc") == picture.alt
    assert "South Korea: SPRi, as published (Feb 2025) 14" in picture.alt


def test_counts_begin_at_zero_and_lengths_are_in_proportion() -> None:
    highs = _sizes(draw(make_chart(count(50), count(100), count(25))), "height")
    assert highs[0] / highs[1] == pytest.approx(0.5, abs=0.01)
    assert highs[2] / highs[1] == pytest.approx(0.25, abs=0.01)


def test_what_is_not_known_is_said_and_zero_is_a_number() -> None:
    picture = draw(make_chart(count(None), count(0), count(3)))
    assert len(_sizes(picture, "height")) == 1
    assert {"not known", "0", "3"} <= _texts(picture)


def test_a_logarithmic_axis_says_so_and_shows_the_least_amount() -> None:
    picture = draw(make_chart(money("0.05"), money("75"), money("0"), log=True, rows=True))
    wide = _sizes(picture, "width")
    assert len(wide) == 2
    assert 20 < wide[0] < wide[1]
    assert any("log scale" in text for text in _texts(picture))


def test_there_is_no_half_of_a_model_on_an_axis() -> None:
    assert [str(tick) for tick in make_scale(make_chart(count(1)).panels[0]).ticks] == ["0", "1"]


@pytest.mark.parametrize("rows", [False, True])
def test_names_from_outside_are_plain_text_and_cut_where_there_is_no_room(rows: bool) -> None:
    chart = make_chart(*(count(place + 1) for place in range(len(HOSTILE))), names=HOSTILE, rows=rows)
    picture = draw(chart.model_copy(update={"title": " ".join(HOSTILE), "notes": HOSTILE}))
    root = ET.fromstring(picture.svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == set(
        "svg title desc defs rect line text".split()
    )
    assert b"href" not in picture.svg
    shown = "".join(_texts(picture))
    assert not set("\u202e\u2066\u200b\x00\n") & set(shown)
    assert "…" in shown
    assert "?" in shown  # for what the font does not have
    assert _within(root)


@pytest.mark.parametrize("rows", [False, True])
@pytest.mark.parametrize("many", [1, 60])
def test_one_bar_and_sixty_are_drawn_whole(many: int, rows: bool) -> None:
    picture = draw(make_chart(*(count(1_000 + place) for place in range(many)), rows=rows))
    assert len(_sizes(picture, "height" if not rows else "width")) == many
    assert {f"{1_000 + place:,}" for place in range(many)} <= _texts(picture)
    assert _within(ET.fromstring(picture.svg))


def test_eight_countries_with_a_dozen_series_keep_their_labels_apart() -> None:
    series = tuple(
        Series(name=f"series {place}", bars=tuple(count(100 + place) for _ in range(8))) for place in range(12)
    )
    panel = Panel(axis="Models", categories=tuple("ABCDEFGH"), series=series)
    picture = draw(BarChart(language="en", title="Many", direction="columns", panels=(panel,), sources=(EPOCH,)))
    assert _within(ET.fromstring(picture.svg))
    assert _apart(ET.fromstring(picture.svg))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_text_runs_over_another(language: Language) -> None:
    for chart in (counts(language), costs(language)):
        root = ET.fromstring(draw(chart).svg)
        assert _apart(root)
        assert _within(root)


def test_a_source_that_all_bars_share_is_said_once() -> None:
    assert draw(costs("en")).svg.decode().split("</desc>")[1].count("genai-prices") == 1


def test_a_source_at_the_first_of_a_models_bars_is_said_once_for_all() -> None:
    panel = costs("en").panels[1]
    later = (line.model_copy(update={"bars": tuple(_unsourced(bar) for bar in line.bars)}) for line in panel.series[1:])
    shared_panel = panel.model_copy(update={"series": (panel.series[0], *later)})
    picture = draw(costs("en").model_copy(update={"panels": (shared_panel,)}))
    assert picture.svg.decode().split("</desc>")[1].count("genai-prices") == 1


@pytest.mark.parametrize("rows", [False, True])
def test_a_bar_that_is_not_comparable_looks_otherwise_and_the_legend_says_why(rows: bool) -> None:
    bars = (count(7), count(9).model_copy(update={"apart": True}))
    root = ET.fromstring(draw(make_chart(*bars, rows=rows)).svg)
    fills = [element.attrib["fill"] for element in root.iter(f"{SVG}rect") if len(element)]
    assert fills == [OTHERS[0].colour, f"url(#{APART.hatch}-{APART.colour[1:]})"]
    assert "not comparable with the others" in {element.text for element in root.iter(f"{SVG}text")}
    assert "not comparable with the others" not in _texts(draw(make_chart(*bars[:1], rows=rows)))


@pytest.mark.parametrize("rows", [False, True])
def test_footnotes_stand_below_the_bars_of_their_panel(rows: bool) -> None:
    chart = make_chart(count(7), names=("A *",), rows=rows)
    noted = chart.panels[0].model_copy(update={"footnotes": ("* A doubt.",)})
    root = ET.fromstring(draw(chart.model_copy(update={"panels": (noted, *chart.panels)})).svg)
    below = {element.text: float(element.attrib["y"]) for element in root.iter(f"{SVG}text")}
    bars = [float(element.attrib["y"]) for element in root.iter(f"{SVG}rect") if len(element)]
    assert bars[0] < below["* A doubt."] < bars[1]
    assert _apart(root)


@pytest.mark.parametrize("rows", [False, True])
@pytest.mark.parametrize("value", [0, None])
def test_a_panel_without_a_bar_is_a_sentence_and_no_empty_frame(value: int | None, rows: bool) -> None:
    root = ET.fromstring(draw(make_chart(count(value), names=("Iceland",), rows=rows)).svg)
    assert not list(root.iter(f"{SVG}line"))
    texts = {element.text for element in root.iter(f"{SVG}text")}
    assert "There are no bars to draw: every value is 0 or unknown." in texts
    assert f"Iceland: {count(value).label}" in texts


def test_a_band_of_low_bars_is_low_and_has_the_same_scale() -> None:
    wide = [Bar(value=count(place).value, label="x" * 8) for place in (1000, *[10] * 29)]
    svg = [draw(make_chart(*bars)).svg for bars in (wide, [wide[0]] * 30)]
    high = [float(ET.fromstring(picture).attrib["height"]) for picture in svg]
    assert high[0] < high[1] - 100
    bars = _sizes(draw(make_chart(*wide)), "height")
    assert bars[-1] / bars[0] == pytest.approx(0.01, abs=0.001)


@pytest.mark.parametrize("many", [1, 2, 4])
def test_few_countries_have_the_whole_width(many: int) -> None:
    series = tuple(Series(name=f"{place}", bars=tuple(count(9) for _ in range(many))) for place in range(7))
    panel = Panel(axis="Models", categories=tuple("ABCD"[:many]), series=series)
    chart = BarChart(language="en", title="Few", direction="columns", panels=(panel,), sources=(EPOCH,))
    boxes = [element.attrib for element in ET.fromstring(draw(chart).svg).iter(f"{SVG}rect") if len(element)]
    left = min(float(box["x"]) for box in boxes)
    assert max(float(box["x"]) + float(box["width"]) for box in boxes) - left > 1_000


def test_long_labels_of_standing_bars_are_turned() -> None:
    long = [Bar(value=bar.value, label=f"{bar.label} models in the list") for bar in (count(7), count(9))]
    svg = draw(make_chart(*long)).svg
    assert svg.count(b"rotate(-90") == 2


def test_bars_and_text_stand_out_from_the_paper() -> None:
    assert all(_contrast(look.colour, PAPER) >= 3 for look in (*PUBLISHED, *OTHERS, APART))
    assert min(_contrast(INK, PAPER), _contrast(MUTED, PAPER)) >= 4.5


@pytest.mark.parametrize("eye", [PROTANOPIA, DEUTERANOPIA])
def test_neighbouring_series_differ_for_colour_blind_eyes(eye: Sequence[Sequence[float]]) -> None:
    colours = [_seen(look.colour, eye) for look in (PUBLISHED[0], *OTHERS)]
    assert all(_distance(first, other) > 40 for first, other in pairwise(colours))


def test_series_differ_without_any_colour_and_a_dozen_are_all_different() -> None:
    assert len({look.hatch for look in OTHERS}) == len(OTHERS)
    assert all(_contrast(PUBLISHED[0].colour, look.colour) >= 3 for look in OTHERS)
    many = [Series(name="", bars=(count(1),)) for _ in range(12)]
    assert all(first != other for first, other in combinations(assign_looks(many), 2))


@pytest.mark.parametrize("missing", ["resvg_py", "PIL", "fontTools.ttLib"])
def test_without_the_extra_there_is_one_sentence(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    load_typeface.cache_clear()
    with pytest.raises(StoreError) as raised:
        draw(counts("en"))
    message = str(raised.value)
    assert "pip install 'ai-trends-mcp[charts]'" in message
    assert "pip install '.[charts]'" in message
    assert missing.partition(".")[0] not in message


def test_a_picture_is_written_as_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "folder"
    assert write(counts("ko"), "counts", folder) == 0
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["counts.png", "counts.svg"]
    assert sorted(capsys.readouterr().out.splitlines()) == [str(file) for file in files]
    assert files[1].read_bytes() == draw(counts("ko")).svg


def test_a_folder_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError, match="Choose a writable folder"):
        write(counts("ko"), "counts", taken)
    (tmp_path / "counts.png").mkdir()
    with pytest.raises(StoreError, match="Choose a writable folder"):
        write(counts("ko"), "counts", tmp_path)
    assert not list(tmp_path.glob(".*.part"))


def _unsourced(bar: Bar) -> Bar:
    return bar.model_copy(update={"source": ""})


def _texts(picture: Picture) -> set[str]:
    return {element.text or "" for element in ET.fromstring(picture.svg).iter(f"{SVG}text")}


def _sizes(picture: Picture, side: str) -> list[float]:
    """Sizes of the bars, which alone tell a pointer what they are."""
    return [float(element.attrib[side]) for element in ET.fromstring(picture.svg).iter(f"{SVG}rect") if len(element)]


def _boxes(root: ET.Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each text."""
    found = []
    for element in root.iter(f"{SVG}text"):
        x, y, size = (float(element.attrib[key]) for key in ("x", "y", "font-size"))
        wide = load_typeface().width(element.text or "", size)
        wide += sum(14 + load_typeface().width(aside.text or "", float(aside.attrib["font-size"])) for aside in element)
        left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[element.attrib["text-anchor"]] * wide
        turned = "transform" in element.attrib
        found.append((x - size * 0.7, y - wide, x, y) if turned else (left, y - size * 0.7, left + wide, y))
    return found


def _within(root: ET.Element) -> bool:
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    return all(left >= 0 and top >= 0 and right <= wide and bottom <= high for left, top, right, bottom in _boxes(root))


def _apart(root: ET.Element) -> bool:
    return not any(
        first[0] < other[2] and other[0] < first[2] and first[1] < other[3] and other[1] < first[3]
        for first, other in combinations(_boxes(root), 2)
    )


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _contrast(colour: str, other: str) -> float:
    """WCAG 2."""
    light = sorted(
        sum(part * share for part, share in zip(_linear(c), (0.2126, 0.7152, 0.0722), strict=True))
        for c in (colour, other)
    )
    return (light[1] + 0.05) / (light[0] + 0.05)


def _seen(colour: str, eye: Sequence[Sequence[float]]) -> list[float]:
    linear = _linear(colour)
    return [min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in eye]


def _distance(colour: Sequence[float], other: Sequence[float]) -> float:
    """CIE 1976, in CIELAB under D65."""
    return math.dist(_lab(colour), _lab(other))


def _lab(linear: Sequence[float]) -> tuple[float, float, float]:
    rows = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.089))
    x, y, z = ((sum(a * b for a, b in zip(row, linear, strict=False)) / row[3]) for row in rows)
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
