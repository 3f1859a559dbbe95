"""The command line; bare, it is the stdio server."""

import argparse
import asyncio
import errno
import gc
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mcp_server.cli.parser import add_commands

PROG = "ai-trends-mcp"
_NO_ROOM = {errno.ENOSPC, errno.EFBIG}
_ON_A_TERMINAL = """\
ai-trends-mcp speaks the Model Context Protocol on standard input and output: an MCP client starts it, not a person.

  ask it yourself    ai-trends-mcp ask "한국은 초거대 AI 모델을 몇 개 내놓았나?"
  Claude Code        claude mcp add ai-trends -- ai-trends-mcp
  other clients      {"mcpServers": {"ai-trends": {"command": "ai-trends-mcp"}}}
  all commands       ai-trends-mcp --help
"""


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
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    with _loading():
        from knowledge import StoreError, UnanswerableError  # noqa: PLC0415 - `--help` should not load the SDK
        from knowledge.visible import visible  # noqa: PLC0415
        from mcp_server.settings import SettingsError  # noqa: PLC0415

    try:
        status = run(options)
        sys.stdout.flush()
        return status
    except (StoreError, UnanswerableError) as error:
        print(visible(str(error)), file=sys.stderr)
        return 1
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded stays: looking for garbage in it would take a tenth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROG, description="AI trends from Korean articles over the Model Context Protocol."
    )
    parser.add_argument("--version", action="version", version=_version())
    parser.set_defaults(run=_stdio)
    _add_allow_write(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    ask = commands.add_parser("ask", help="ask a question and print the cited answer")
    ask.add_argument("question", nargs="+", help="a question in Korean or English")
    ask.set_defaults(run=_ask)

    add_commands(commands)
    _add_datasets(commands)
    _add_chart(commands)
    _add_serve(commands)
    reindex = commands.add_parser(
        "reindex", help="make your library's full-text index anew, and say how far it has come"
    )
    reindex.set_defaults(run=_reindex)
    doctor = commands.add_parser("doctor", help="check that everything works, and say what to do where it does not")
    doctor.set_defaults(run=_doctor)
    _add_curate(commands)
    return parser


def _add_allow_write(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-write",
        action="store_true",
        default=None,
        help="let assistants add articles and record claims (never by default)",
    )


def _add_datasets(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    listed = commands.add_parser(
        "datasets", help="list the datasets that are there: vintage, rows, digest, licence, age"
    )
    listed.set_defaults(run=_datasets)
    sync = commands.add_parser(
        "sync", help="fetch a dataset's tables, and keep them beside the vintages that are there"
    )
    sync.add_argument("dataset", choices=["epoch"], help="Epoch AI's tables of large-scale and of notable models")
    sync.add_argument("--from", dest="files", nargs="+", type=Path, metavar="FILE", help="take CSV files in instead")
    sync.add_argument("--vintage", metavar="DAY", help="the day a file is of, where its name does not say (2026-02-16)")
    sync.add_argument(
        "--population", choices=["large_scale", "notable"], help="fetch only this one; what a file's rows are, likewise"
    )
    sync.add_argument("--even-if-smaller", action="store_true", help="take in what lost a fifth of its rows too")
    sync.set_defaults(run=_sync)


def _add_chart(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    chart = commands.add_parser(
        "chart",
        help="write a picture of counts or of costs, as SVG and PNG",
        usage="%(prog)s counts|costs [options]",  # names after an option would take what follows them
    )
    chart.add_argument(
        "what",
        choices=["counts", "costs"],
        metavar="counts|costs",
        help="models by country beside recounts, or costs by their basis",
    )
    chart.add_argument("--language", choices=["ko", "en"], default="ko", help="language of its words (%(default)s)")
    chart.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="where to (here)")
    counts = chart.add_argument_group("of counts")
    counts.add_argument("--countries", nargs="+", metavar="NAME", help="of these countries, 10 at most")
    counts.add_argument("--since", metavar="DATE", help="recounts from this date on (2024, 2024-05)")
    counts.add_argument("--until", metavar="DATE", help="recounts up to this date")
    counts.add_argument("--per-year", action="store_true", help="each year by itself")
    counts.add_argument("--rules", nargs="+", choices=["first", "any", "sole"], help="only these counting rules")
    counts.add_argument("--vintage", metavar="DAY", help="only the dataset of this day")
    counts.add_argument("--population", choices=["large_scale", "notable"], help="the dataset to recount (large_scale)")
    costs = chart.add_argument_group("of costs")
    costs.add_argument("--models", nargs="+", metavar="NAME", help="of these models or makers, 10 at most")
    costs.add_argument("--bases", nargs="+", metavar="BASIS", help="only costs on these bases, such as api_price")
    costs.add_argument("--input-tokens", type=int, metavar="N", help="prices a workload: input tokens of a request")
    costs.add_argument("--output-tokens", type=int, metavar="N", help="output tokens of a request")
    costs.add_argument("--requests", type=int, metavar="N", help="how many requests (1)")
    chart.set_defaults(run=_chart)


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="serve MCP: on standard input and output, or over HTTP")
    serve.add_argument("--http", action="store_true", help="serve Streamable HTTP")
    _add_allow_write(serve)
    http = serve.add_argument_group(
        "over HTTP", "each option goes before its setting in the environment; see the README"
    )
    http.add_argument("--host", help="address to listen on (127.0.0.1)")
    http.add_argument("--port", help="port to listen on, 0 for a free one (8000)")
    http.add_argument("--path", help="path of the endpoint (/mcp)")
    http.add_argument("--allowed-hosts", metavar="HOSTS", help="host names to answer to, separated by commas")
    http.add_argument("--allowed-origins", metavar="ORIGINS", help="origins of web pages to answer to")
    http.add_argument("--rate-limit", metavar="N", help="requests a minute from one client, 0 for no limit (600)")
    http.add_argument("--max-body", metavar="BYTES", help="largest request body (1048576)")
    http.add_argument("--trusted-proxies", metavar="ADDRESSES", help="proxies whose X-Forwarded-For is believed")
    serve.set_defaults(run=_serve)


def _add_curate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    curate = commands.add_parser("curate", help="seal and check the packaged knowledge (for its curators)")
    actions = curate.add_subparsers(title="actions", metavar="ACTION", required=True)
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, default=Path("knowledge/data"), help="data folder (default: %(default)s)")

    seal = actions.add_parser(
        "seal", parents=[data], help="turn a draft's quotes into seals and put it into the data folder"
    )
    seal.add_argument("draft", type=Path, help="the draft, with quotes")
    seal.add_argument("--text", type=Path, required=True, help="the article's text")
    seal.set_defaults(run=_curate("seal"))

    opened = actions.add_parser("open", parents=[data], help="print an article's file as a draft, with its quotes")
    opened.add_argument("article", help="id of the article")
    opened.add_argument("--text", type=Path, required=True, help="the article's text")
    opened.set_defaults(run=_curate("open"))

    check = actions.add_parser("check", parents=[data], help="check the whole data folder")
    check.add_argument("--texts", type=Path, help="a folder with the articles' texts (*.txt)")
    check.set_defaults(run=_curate("check"))

    figures = actions.add_parser(
        "figures", parents=[data], help="make the packaged recounts and costs anew from vintages of a dataset"
    )
    figures.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a table, named after population and day")
    figures.set_defaults(run=_curate("figures"))


def _version() -> str:
    from importlib import metadata  # noqa: PLC0415

    return f"{PROG} {metadata.version(PROG)}"


def _stdio(options: argparse.Namespace) -> int:
    if sys.stdin is None or sys.stdin.isatty():
        print(_ON_A_TERMINAL, end="")
        return 0
    with _loading():
        from mcp_server.cli import commands  # noqa: PLC0415
        from mcp_server.transports import stdio  # noqa: PLC0415

        server = commands.server(allow_write=options.allow_write)
    asyncio.run(stdio.serve(server))
    return 0


def _serve(options: argparse.Namespace) -> int:
    given = {name: value for name, value in vars(options).items() if name not in {"run", "http"} and value is not None}
    if options.http:
        from mcp_server.cli import commands  # noqa: PLC0415

        return asyncio.run(commands.serve(given))
    given.pop("allow_write", None)
    if given:
        print(f"--{', --'.join(given).replace('_', '-')}: only over HTTP. Add --http.", file=sys.stderr)
        return 2
    return _stdio(options)


def _ask(options: argparse.Namespace) -> int:
    from mcp_server.cli import commands  # noqa: PLC0415

    question = " ".join(options.question).strip()
    if not question:
        print(f'Ask something: {PROG} ask "소버린 AI란?"', file=sys.stderr)
        return 2
    return asyncio.run(commands.ask(question))


def _datasets(_: argparse.Namespace) -> int:
    from mcp_server.cli import datasets  # noqa: PLC0415

    return datasets.listed()


def _chart(options: argparse.Namespace) -> int:
    from mcp_server.cli import chart  # noqa: PLC0415

    return asyncio.run(chart.chart(options))


def _sync(options: argparse.Namespace) -> int:
    from mcp_server.cli import datasets  # noqa: PLC0415

    return datasets.sync(options)


def _reindex(_: argparse.Namespace) -> int:
    from mcp_server.cli import commands  # noqa: PLC0415

    return asyncio.run(commands.reindex())


def _doctor(_: argparse.Namespace) -> int:
    from mcp_server.cli import doctor  # noqa: PLC0415

    return asyncio.run(doctor.doctor())


def _curate(action: str) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        from mcp_server.cli import curate  # noqa: PLC0415

        return curate.run(action, options)

    return run


if __name__ == "__main__":
    sys.exit(main())
