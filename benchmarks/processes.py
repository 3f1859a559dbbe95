"""Server processes, and how long one takes from its start to its first answer."""

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from benchmarks.messages import checked, encoded


class Server(NamedTuple):
    """Command of a server process."""

    module: str
    arguments: tuple[str, ...] = ()


BARE, OURS = Server("benchmarks.bare"), Server("mcp_server")
BARE_HTTP = Server("benchmarks.bare", ("http",))
OURS_HTTP = Server("mcp_server", ("serve", "--http", "--port", "0", "--rate-limit", "0"))

Pipes = tuple[IO[bytes], IO[bytes]]


@contextlib.contextmanager
def running(server: Server) -> Iterator[Pipes]:
    """Run a server and yield its input and output; the process ends with the context."""
    with _process(server) as process:
        assert process.stdin
        assert process.stdout
        yield process.stdin, process.stdout


@contextlib.contextmanager
def listening(server: Server) -> Iterator[int]:
    """The port on which a server's process serves HTTP; it is the end of the first address that it says."""
    with _process(server, stderr=subprocess.PIPE) as process:
        assert process.stderr
        text = process.stderr.readline().decode()
        found = re.search(r"127\.0\.0\.1:(\d+)/mcp", text)
        if not found:
            raise RuntimeError(text + process.stderr.read().decode())
        yield int(found[1])


@contextlib.contextmanager
def _process(server: Server, stderr: int | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", server.module, *server.arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr) as process:
        try:
            yield process
        finally:
            process.terminate()


def start_seconds(server: Server, first: Mapping[str, Any]) -> float:
    """From the start of a process to its answer to the first request."""
    start = time.perf_counter()
    with running(server) as (to, answers):
        to.write(encoded(first) + b"\n")
        to.flush()
        checked(answers.readline())
        return time.perf_counter() - start


def use_library(folder: str) -> None:
    """Let every server from now on have its library in a folder; the first one to be asked makes it."""
    os.environ["AI_TRENDS_LIBRARY"] = str(Path(folder) / "library.sqlite3")
