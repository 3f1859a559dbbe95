"""The entry point: the command line, which is the stdio server when nothing is typed."""

import argparse
import errno
import io
import os
import sys
from collections.abc import Callable, Sequence

from mcp_server.cli import PROG, build_parser, garbage_collection_paused

_NO_ROOM = {errno.ENOSPC, errno.EFBIG}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 done, 1 not done, 2 called wrongly."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console or pipe that cannot write Korean must not stop an answer
            stream.reconfigure(errors="replace")
    try:
        return _run(arguments)
    except ImportError as error:
        print(f"{error}. Install {PROG} again: pip install --force-reinstall {PROG}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left to be written goes nowhere
        print(f"Cannot be written: {error.strerror}. Make room on the disk, and do it again.", file=sys.stderr)
        return 1


def _run(arguments: Sequence[str] | None) -> int:
    options = build_parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    with garbage_collection_paused():
        from knowledge import StoreError, UnanswerableError  # noqa: PLC0415 - `--help` should not load the SDK
        from knowledge.text import strip_hidden  # noqa: PLC0415
        from mcp_server.settings import SettingsError  # noqa: PLC0415

    try:
        status = run(options)
        sys.stdout.flush()
        return status
    except (StoreError, UnanswerableError) as error:
        print(strip_hidden(str(error)), file=sys.stderr)
        return 1
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
