"""Progress on standard error: a line that is rewritten on a terminal, a few lines elsewhere."""

from typing import TextIO

_STEP = 0.25
"""The share of the whole after which a line is written where nothing can be rewritten."""


class Progress:
    """How much of one thing has come. Within `with`, so that its line is ended whatever happens."""

    def __init__(self, what: str, stream: TextIO, unit: str = " bytes") -> None:
        self._what = what
        self._stream = stream
        self._unit = unit
        self._rewrites = stream.isatty()
        self._width = 0
        self._next = _STEP

    def __enter__(self) -> "Progress":
        self._write(f"{self._what} ...")
        return self

    def __exit__(self, *_: object) -> None:
        if self._rewrites:
            print(file=self._stream, flush=True)

    def __call__(self, come: int, total: int | None) -> None:
        """Report that `come` have come, of `total` if that is known."""
        share = come / total if total else 0.0
        of = f" of {total:,}{self._unit}, {share:.0%}" if total else self._unit
        line = f"{self._what}: {come:,}{of}"
        self.at(share, line)

    def at(self, share: float, line: str) -> None:
        """Print a line where the share of the whole, 0 if that is unknown, calls for it."""
        if self._rewrites:
            self._write(line)
        elif share >= self._next:
            self._next = share - share % _STEP + _STEP
            self._write(line)

    def say(self, line: str) -> None:
        """Print something else, on a line of its own."""
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
