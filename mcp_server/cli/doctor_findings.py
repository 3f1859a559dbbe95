"""Problems that the doctor finds, with their remedies."""

PACKAGE = "ai-trends-mcp"
REINSTALL = f"Install it again: pip install --force-reinstall {PACKAGE}."
"""The remedy for a package of which parts are missing."""
PATIENCE_S = 30
"""Seconds that each thing that is examined may take."""


class DoctorError(Exception):
    """Something that does not work, and what to do about it."""

    def __init__(self, wrong: str, fix: str) -> None:
        super().__init__(wrong)
        self.fix = fix


def describe(error: Exception) -> tuple[str, str]:
    """Return the problem, on one line, and what to do about it."""
    cause: BaseException = error
    while isinstance(cause, BaseExceptionGroup):  # the SDK's task groups
        cause = cause.exceptions[0]
    if isinstance(cause, DoctorError):
        return str(cause), cause.fix
    if isinstance(cause, TimeoutError):
        return f"no answer within {PATIENCE_S} s", "Try again when the machine has less to do."
    message = " ".join(str(cause).split())
    return f"{message or 'it broke'} ({type(cause).__name__})", REINSTALL
