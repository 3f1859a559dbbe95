"""Progress on standard error: a line that is rewritten on a terminal, a few lines elsewhere."""

from typing import TextIO

_STEP = 0.25
"""The share of the whole after which another line is printed, where lines cannot be rewritten."""


class Progress:
    """The progress of one task. Used in a `with` statement, which ends its line whatever happens."""

    def __init__(self, task: str, stream: TextIO, unit: str = " bytes") -> None:
        self._task = task
        self._stream = stream
        self._unit = unit
        self._rewrites = stream.isatty()
        self._width = 0
        self._next = _STEP

    def __enter__(self) -> "Progress":
        self._write(f"{self._task} ...")
        return self

    def __exit__(self, *_: object) -> None:
        if self._rewrites:
            print(file=self._stream, flush=True)

    def __call__(self, done: int, total: int | None) -> None:
        """Report the units done, of `total` if that is known."""
        share = done / total if total else 0.0
        rest = f" of {total:,}{self._unit}, {share:.0%}" if total else self._unit
        self.show(share, f"{self._task}: {done:,}{rest}")

    def show(self, share: float, line: str) -> None:
        """Show a line: on a terminal at once, elsewhere when the share of the whole (0 if unknown) reaches the next step."""
        if self._rewrites:
            self._write(line)
        elif share >= self._next:
            self._next = share - share % _STEP + _STEP
            self._write(line)

    def print(self, line: str) -> None:
        """Print a line that stays."""
        if self._rewrites:
            print(f"\r{line:<{self._width}}", file=self._stream, flush=True)
        else:
            print(line, file=self._stream, flush=True)

    def _write(self, line: str) -> None:
        if self._rewrites:
            print(f"\r{line:<{self._width}}", end="", file=self._stream, flush=True)
            self._width = len(line)
        else:
            print(line, file=self._stream, flush=True)
