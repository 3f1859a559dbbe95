"""The worker process for untrusted files: `python -m knowledge.ingest.sandbox_worker MODULE`, started by `sandbox.py`.

A hostile file can break only this process, whose memory and time are bounded. It ends when its input ends.
"""

import faulthandler
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import IO, Any

from knowledge.ingest import sandbox

Parser = Callable[[dict[str, Any], bytes], dict[str, Any]]
"""A parser of files: request and bytes to a response in JSON values."""

MEMORY = 2 * 2**30
"""Bytes of address space, where the system can bound it."""
_AT_LATEST_S = 60.0
"""Seconds after which it ends by itself, should nobody be left to end it."""


def main() -> None:
    """Answer one message after the other."""
    _bound_memory()
    read: Parser = import_module(sys.argv[1]).answer
    with _private_output() as answers, open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - it is no file
        while (message := sandbox.read_message(sys.stdin.buffer)) is not None:
            faulthandler.dump_traceback_later(_AT_LATEST_S, exit=True, file=nowhere)
            answers.write(sandbox.pack_message(answer(read, *message)))
            answers.flush()
            faulthandler.cancel_dump_traceback_later()


def answer(read: Parser, request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Return the parser's response to a file, or the reason why there is none."""
    try:
        return read(request, data)
    except ImportError:
        return {"missing": True}
    except MemoryError:
        return {"exhausted": True}
    except Exception as error:  # noqa: BLE001 - of whatever kind, it is this file's fault and nobody else's
        return {"failed": type(error).__name__}


def _private_output() -> IO[bytes]:
    """Return the stream for responses; what libraries write to standard output is discarded."""
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
