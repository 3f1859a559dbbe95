"""CSV without cells that spreadsheets would run as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from knowledge.text.sanitize import strip_hidden

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
"""The beginning of a cell that a spreadsheet would run."""


def format_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a header and a line for each row as CSV (RFC 4180); `None` is empty.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows([_format_cell(value) for value in row] for row in rows)
    return written.getvalue()


def _format_cell(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = "" if value is None else strip_hidden(str(value))  # or what stands behind a hidden character would be run
    return f"'{text}" if _FORMULA.match(text) else text
