"""What does not work, said in a line, and what to do about it."""

PACKAGE = "ai-trends-mcp"
REINSTALL = f"Install it again: pip install --force-reinstall {PACKAGE}."
"""What mends a package of which parts are missing."""
PATIENCE_S = 30
"""Seconds that each thing that is examined may take."""


class AilmentError(Exception):
    """Something that does not work, and what to do about it."""

    def __init__(self, wrong: str, mend: str) -> None:
        super().__init__(wrong)
        self.mend = mend


def told(error: Exception) -> tuple[str, str]:
    """What is wrong, on one line, and what to do."""
    cause: BaseException = error
    while isinstance(cause, BaseExceptionGroup):  # the SDK's task groups
        cause = cause.exceptions[0]
    if isinstance(cause, AilmentError):
        return str(cause), cause.mend
    if isinstance(cause, TimeoutError):
        return f"no answer within {PATIENCE_S} s", "Try again when the machine has less to do."
    said = " ".join(str(cause).split())
    return f"{said or 'it broke'} ({type(cause).__name__})", REINSTALL
