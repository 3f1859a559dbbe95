"""Reads pages and PDFs in a process of its own: `python -m knowledge.intake.worker`, started by `child.py`.

What a hostile file can break here is this process, which may take so much memory and time, and has nothing to lose. It
ends when its input ends.
"""

import faulthandler
import os
import sys
from typing import IO, Any

from knowledge.intake import frames
from knowledge.intake.document import Document, RefusedError

MEMORY = 2 * 2**30
"""Bytes of address space, where the system can bound it."""
_AT_LATEST_S = 60.0
"""Seconds after which it ends by itself, should nobody be left to end it."""


def main() -> None:
    """Answer one message after the other."""
    _bound_memory()
    with _private_output() as answers, open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - it is no file
        while (message := frames.take(sys.stdin.buffer)) is not None:
            faulthandler.dump_traceback_later(_AT_LATEST_S, exit=True, file=nowhere)
            answers.write(frames.packed(answer(*message)))
            answers.flush()
            faulthandler.cancel_dump_traceback_later()


def answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What comes of a file: a document, a refusal, or what is missing to read it."""
    try:
        return {"document": _read(asked, data).model_dump(mode="json")}
    except RefusedError as refused:
        return {"refused": [refused.problem, refused.allowed, refused.mend]}
    except ImportError:
        return {"missing": True}
    except MemoryError:
        return {"exhausted": True}
    except Exception as error:  # noqa: BLE001 - of whatever kind, it is this file's fault and nobody else's
        return {"failed": type(error).__name__}


def _read(asked: dict[str, Any], data: bytes) -> Document:
    """Each library is loaded when the first file of its kind comes."""
    if asked["medium"] == "pdf":
        from knowledge.intake import pdfs  # noqa: PLC0415

        return pdfs.read(data, asked["url"])
    from knowledge.intake import webpages  # noqa: PLC0415

    return webpages.read(data.decode("utf-8", "surrogatepass"), asked["charset"], asked["url"], tuple(asked["notes"]))


def _private_output() -> IO[bytes]:
    """Where answers go; what libraries write to the standard output goes nowhere."""
    sys.stdout.flush()
    kept = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return kept


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:  # the time limit remains
        return
    for which, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(which)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(which, (bound, hard))
        except (OSError, ValueError):  # macOS takes no bound on address space
            continue


if __name__ == "__main__":
    main()
