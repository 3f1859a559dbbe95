"""The parser of the command line, which loads a command's module only when it runs."""

import argparse
import asyncio
from collections.abc import Callable
from importlib import import_module, metadata
from inspect import iscoroutine
from pathlib import Path
from typing import TYPE_CHECKING

from mcp_server.cli.startup import garbage_collection_paused

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name

PROG = "ai-trends-mcp"
_LONGEST_WAIT = 60 * 24 * 7
_LONGEST_LINE = 300


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; each command sets `run`, which returns the exit status."""
    parser = argparse.ArgumentParser(
        prog=PROG, description="AI trends from Korean articles over the Model Context Protocol."
    )
    parser.add_argument("--version", action="version", version=f"{PROG} {metadata.version(PROG)}")
    parser.set_defaults(run=_command("serve", "serve_stdio"))
    _allow_write(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    ask = commands.add_parser("ask", help="ask a question and print the cited answer")
    ask.add_argument("question", nargs="+", help="a question in Korean or English")
    ask.set_defaults(run=_command("ask", "ask"))

    _add(commands)
    _watch(commands)
    _extract(commands)
    _mark(commands)
    _export(commands)
    _datasets(commands)
    _chart(commands)
    _serve(commands)
    reindex = commands.add_parser("reindex", help="rebuild your library's full-text index and report progress")
    reindex.set_defaults(run=_command("reindex", "reindex"))
    doctor = commands.add_parser("doctor", help="check that everything works, and say what to do if it does not")
    doctor.set_defaults(run=_command("doctor", "doctor"))
    _curate(commands)
    return parser


def _add(commands: "Commands") -> None:
    add = commands.add_parser("add", help="add articles to your library: files, web addresses, or standard input")
    add.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="a file (txt, md, html, pdf), an address (https://...), or - for standard input",
    )
    for name, description in (
        ("title", "headline, if the article does not state one"),
        ("author", "author"),
        ("publisher", "publisher"),
        ("published", "date of publication: 2026-01-03, 2026-01 or 2026"),
    ):
        add.add_argument(f"--{name}", help=description)
    _by(add)
    _proxy(add)
    add.set_defaults(run=_command("add", "add"))


def _watch(commands: "Commands") -> None:
    watch = commands.add_parser("watch", help="watch RSS and Atom feeds, and add their new articles")
    watch.add_argument("feeds", nargs="*", metavar="FEED", help="address of a feed to start watching")
    watch.add_argument(
        "--every", type=_minutes, metavar="MINUTES", help="keep running, and check the feeds every so many minutes"
    )
    watch.add_argument("--list", action="store_true", help="list the watched feeds without checking them")
    watch.add_argument("--forget", metavar="FEED", help="stop watching a feed; its articles stay")
    _by(watch)
    _proxy(watch)
    watch.set_defaults(run=_command("add", "watch"))


def _extract(commands: "Commands") -> None:
    extract = commands.add_parser(
        "extract",
        help="let your language model draft claims from your articles; only claims that they support are recorded",
    )
    extract.add_argument(
        "articles", nargs="*", metavar="ARTICLE", help="id of an article (default: all that the model has not read)"
    )
    extract.add_argument(
        "--endpoint", metavar="URL", help="an OpenAI-compatible API, such as http://127.0.0.1:11434/v1"
    )
    extract.add_argument("--model", metavar="NAME", help="name of the model")
    extract.add_argument("--again", action="store_true", help="also read articles that this model has read before")
    extract.add_argument("--dry-run", action="store_true", help="list what would be read, and send nothing")
    extract.add_argument(
        "--budget", metavar="USD", help="stop when this much is spent; the model's price must be known"
    )
    extract.add_argument(
        "--rounds", type=int, default=1, metavar="N", help="times that refused drafts are sent back (default: 1)"
    )
    extract.add_argument(
        "--at-once", type=int, default=1, metavar="N", help="articles to read at the same time (default: 1)"
    )
    extract.add_argument(
        "--timeout", type=float, default=600, metavar="SECONDS", help="longest wait for an answer (default: 600)"
    )
    extract.set_defaults(run=_command("extract", "extract"))


def _mark(commands: "Commands") -> None:
    mark = commands.add_parser("mark", help="mark a claim as superseded, disputed or retracted; nothing is overwritten")
    mark.add_argument("claim", help="id of the claim")
    mark.add_argument("status", choices=["superseded", "disputed", "retracted", "current"])
    mark.add_argument("--why", required=True, type=_line, help="the reason, in a sentence")
    mark.add_argument("--instead", metavar="CLAIM", help="id of the claim that replaces or disputes it")
    _by(mark)
    mark.set_defaults(run=_command("history", "mark"))
    history = commands.add_parser("history", help="show what happened to texts and claims: when, by whom and why")
    history.add_argument("ids", nargs="*", metavar="ID", help="id of a claim, article or entity (default: everything)")
    history.set_defaults(run=_command("history", "history"))


def _export(commands: "Commands") -> None:
    export = commands.add_parser(
        "export", help="export the knowledge base as Markdown, CSV, BibTeX, CSL, JSON Lines or JSON-LD"
    )
    export.add_argument(
        "--format",
        choices=["markdown", "csv", "csv-figures", "bibtex", "csl", "jsonl", "jsonld"],
        default="markdown",
        help="only jsonl can be imported again (default: %(default)s)",
    )
    export.add_argument("--query", default="", help="only claims that answer this")
    export.add_argument("--articles", nargs="+", default=[], metavar="ID", help="only claims of these articles")
    export.add_argument("--trends", nargs="+", default=[], metavar="NAME", help="only claims on these trends")
    export.add_argument(
        "--language",
        choices=["ko", "en"],
        default="ko",
        help="language of statements in Markdown (default: %(default)s)",
    )
    export.add_argument("--sealed", action="store_true", help="leave out all words of the articles, for publication")
    export.add_argument("--texts", action="store_true", help="include the full texts, for your own use")
    export.add_argument("--out", type=Path, metavar="FILE", help="output file (default: standard output)")
    export.set_defaults(run=_command("export", "export"))
    imported = commands.add_parser("import", help="import jsonl exports: every record that is valid and new here")
    imported.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an export in the format jsonl")
    imported.add_argument("--marks", action="store_true", help="also apply the export's status to claims already here")
    _by(imported)
    imported.set_defaults(run=_command("export", "import_files"))


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", type=_line, metavar="NAME", help="author of the change, for the history")


def _proxy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--use-proxy",
        action="store_true",
        help="use the proxy in HTTPS_PROXY, which then alone decides what can be reached",
    )


def _line(text: str) -> str:
    line = " ".join(text.split())
    if not 0 < len(line) <= _LONGEST_LINE:
        raise argparse.ArgumentTypeError(f"must have 1 to {_LONGEST_LINE} characters")
    return line


def _minutes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _LONGEST_WAIT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of minutes from 1 to {_LONGEST_WAIT}")
    return int(text)


def _allow_write(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-write",
        action="store_true",
        default=None,
        help="let assistants add articles and record claims (off by default)",
    )


def _datasets(commands: "Commands") -> None:
    listed = commands.add_parser("datasets", help="list your datasets: vintage, rows, digest, licence, age")
    listed.set_defaults(run=_command("datasets", "list_datasets"))
    sync = commands.add_parser("sync", help="download a dataset's tables, and keep them beside earlier vintages")
    sync.add_argument("dataset", choices=["epoch"], help="Epoch AI's tables of large-scale and of notable models")
    sync.add_argument(
        "--from", dest="files", nargs="+", type=Path, metavar="FILE", help="take these CSV files instead of downloading"
    )
    sync.add_argument("--vintage", metavar="DAY", help="date of a file, if its name lacks one (2026-02-16)")
    sync.add_argument(
        "--population",
        choices=["large_scale", "notable"],
        help="download only this table; with --from, the kind of rows in a file",
    )
    sync.add_argument(
        "--even-if-smaller", action="store_true", help="also accept a table that lost a fifth of its rows"
    )
    sync.set_defaults(run=_command("datasets", "sync"))


def _chart(commands: "Commands") -> None:
    chart = commands.add_parser(
        "chart",
        help="draw a chart of counts or costs, as SVG and PNG",
        usage="%(prog)s counts|costs [options]",  # names after an option would take what follows them
    )
    chart.add_argument(
        "what",
        choices=["counts", "costs"],
        metavar="counts|costs",
        help="counts of models by country beside recounts, or costs by basis",
    )
    chart.add_argument(
        "--language", choices=["ko", "en"], default="ko", help="language of the chart (default: %(default)s)"
    )
    chart.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="output folder (default: this one)")
    counts = chart.add_argument_group("counts")
    counts.add_argument("--countries", nargs="+", metavar="NAME", help="only these countries, at most 10")
    counts.add_argument("--since", metavar="DATE", help="recount from this date on (2024, 2024-05)")
    counts.add_argument("--until", metavar="DATE", help="recount up to this date")
    counts.add_argument("--per-year", action="store_true", help="count each year separately")
    counts.add_argument("--rules", nargs="+", choices=["first", "any", "sole"], help="only these counting rules")
    counts.add_argument("--vintage", metavar="DAY", help="only the vintage of this day")
    counts.add_argument(
        "--population", choices=["large_scale", "notable"], help="the table to recount (default: large_scale)"
    )
    costs = chart.add_argument_group("costs")
    costs.add_argument("--models", nargs="+", metavar="NAME", help="only these models or makers, at most 10")
    costs.add_argument("--bases", nargs="+", metavar="BASIS", help="only costs on these bases, such as api_price")
    costs.add_argument("--input-tokens", type=int, metavar="N", help="input tokens per request, to price a workload")
    costs.add_argument("--output-tokens", type=int, metavar="N", help="output tokens per request")
    costs.add_argument("--requests", type=int, metavar="N", help="number of requests (default: 1)")
    chart.set_defaults(run=_command("chart", "chart"))


def _serve(commands: "Commands") -> None:
    serve = commands.add_parser("serve", help="serve MCP: on standard input and output, or over HTTP")
    serve.add_argument("--http", action="store_true", help="serve Streamable HTTP")
    _allow_write(serve)
    http = serve.add_argument_group(
        "over HTTP", "an option takes precedence over its environment variable; see docs/settings.md"
    )
    http.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    http.add_argument("--port", help="port to listen on, 0 for a free one (default: 8000)")
    http.add_argument("--path", help="path of the endpoint (default: /mcp)")
    http.add_argument("--allowed-hosts", metavar="HOSTS", help="host names to accept, separated by commas")
    http.add_argument(
        "--allowed-origins", metavar="ORIGINS", help="origins of web pages to accept, separated by commas"
    )
    http.add_argument("--rate-limit", metavar="N", help="requests a minute per client, 0 for no limit (default: 600)")
    http.add_argument("--max-body", metavar="BYTES", help="largest request body (default: 1048576)")
    http.add_argument(
        "--trusted-proxies", metavar="ADDRESSES", help="proxies whose X-Forwarded-For is trusted, separated by commas"
    )
    serve.set_defaults(run=_command("serve", "serve"))


def _curate(commands: "Commands") -> None:
    curate = commands.add_parser("curate", help="seal and check the packaged knowledge (for its curators)")
    actions = curate.add_subparsers(title="actions", metavar="ACTION", required=True)
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, default=Path("knowledge/data"), help="data folder (default: %(default)s)")

    seal = actions.add_parser(
        "seal", parents=[data], help="turn a draft's quotes into seals and write it to the data folder"
    )
    seal.add_argument("draft", type=Path, help="the draft, with quotes")
    seal.add_argument("--text", type=Path, required=True, help="the article's text")
    seal.set_defaults(run=_command("curate", "curate"), action="seal")

    opened = actions.add_parser("open", parents=[data], help="print an article's file as a draft, with its quotes")
    opened.add_argument("article", help="id of the article")
    opened.add_argument("--text", type=Path, required=True, help="the article's text")
    opened.set_defaults(run=_command("curate", "curate"), action="open")

    check = actions.add_parser("check", parents=[data], help="check the whole data folder")
    check.add_argument("--texts", type=Path, help="a folder with the articles' texts (*.txt)")
    check.set_defaults(run=_command("curate", "curate"), action="check")

    figures = actions.add_parser(
        "figures", parents=[data], help="recompute the packaged recounts and costs from vintages of a dataset"
    )
    figures.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a table, named after its population and day"
    )
    figures.set_defaults(run=_command("curate", "curate"), action="figures")


def _command(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Return a runner of a command's function, sync or async, which returns the exit status; its module loads on running."""

    def run(options: argparse.Namespace) -> int:
        with garbage_collection_paused():
            command = getattr(import_module(f"mcp_server.cli.{module}"), function)
        result = command(options)
        status: int = asyncio.run(result) if iscoroutine(result) else result
        return status

    return run
