"""The parser of the command line. What a command does is loaded when it runs."""

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
    reindex = commands.add_parser(
        "reindex", help="make your library's full-text index anew, and say how far it has come"
    )
    reindex.set_defaults(run=_command("reindex", "reindex"))
    doctor = commands.add_parser("doctor", help="check that everything works, and say what to do where it does not")
    doctor.set_defaults(run=_command("doctor", "doctor"))
    _curate(commands)
    return parser


def _add(commands: "Commands") -> None:
    add = commands.add_parser("add", help="take articles into your library: files, addresses, or standard input")
    add.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="a file (txt, md, html, pdf), an address (https://...), or - for standard input",
    )
    for name, description in (
        ("title", "its headline, where it says none"),
        ("author", "who wrote it"),
        ("publisher", "who published it"),
        ("published", "when: 2026-01-03, 2026-01, 2026"),
    ):
        add.add_argument(f"--{name}", help=description)
    _by(add)
    _proxy(add)
    add.set_defaults(run=_command("add", "add"))


def _watch(commands: "Commands") -> None:
    watch = commands.add_parser("watch", help="watch RSS and Atom feeds, and bring what is new in them")
    watch.add_argument("feeds", nargs="*", metavar="FEED", help="addresses of feeds to watch from now on")
    watch.add_argument("--every", type=_minutes, metavar="MINUTES", help="go on, with a round every so many minutes")
    watch.add_argument("--list", action="store_true", help="say which feeds are watched, and ask none")
    watch.add_argument("--forget", metavar="FEED", help="watch a feed no more; its articles stay")
    _by(watch)
    _proxy(watch)
    watch.set_defaults(run=_command("add", "watch"))


def _extract(commands: "Commands") -> None:
    extract = commands.add_parser(
        "extract", help="let a language model of yours draft claims from your articles; only what they bear out gets in"
    )
    extract.add_argument("articles", nargs="*", metavar="ARTICLE", help="ids (all of yours that it has not read yet)")
    extract.add_argument("--endpoint", metavar="URL", help="an OpenAI-compatible API, as in http://127.0.0.1:11434/v1")
    extract.add_argument("--model", metavar="NAME", help="what the API calls its model")
    extract.add_argument("--again", action="store_true", help="read what this model has read before too")
    extract.add_argument("--dry-run", action="store_true", help="say what would be read, and ask nobody")
    extract.add_argument("--budget", metavar="USD", help="stop when so much is spent, where the price is known")
    extract.add_argument("--rounds", type=int, default=1, metavar="N", help="how often refused drafts go back (1)")
    extract.add_argument("--at-once", type=int, default=1, metavar="N", help="articles read at the same time (1)")
    extract.add_argument("--timeout", type=float, default=600, metavar="SECONDS", help="what an answer may take (600)")
    extract.set_defaults(run=_command("extract", "extract"))


def _mark(commands: "Commands") -> None:
    mark = commands.add_parser(
        "mark", help="say that a claim is superseded, disputed or retracted; nothing is overwritten"
    )
    mark.add_argument("claim", help="id of the claim")
    mark.add_argument("status", choices=["superseded", "disputed", "retracted", "current"])
    mark.add_argument("--why", required=True, type=_line, help="why, in a sentence")
    mark.add_argument("--instead", metavar="CLAIM", help="id of the claim that takes its place, or speaks against it")
    _by(mark)
    mark.set_defaults(run=_command("history", "mark"))
    history = commands.add_parser("history", help="say what happened to texts and claims: when, who, why")
    history.add_argument(
        "ids", nargs="*", metavar="ID", help="of claims, articles or entities; everything where none is named"
    )
    history.set_defaults(run=_command("history", "history"))


def _export(commands: "Commands") -> None:
    export = commands.add_parser(
        "export", help="write what is known: Markdown, CSV, BibTeX, CSL, JSON Lines or JSON-LD"
    )
    export.add_argument(
        "--format",
        choices=["markdown", "csv", "csv-figures", "bibtex", "csl", "jsonl", "jsonld"],
        default="markdown",
        help="jsonl can be imported again (%(default)s)",
    )
    export.add_argument("--query", default="", help="only what speaks about this")
    export.add_argument("--articles", nargs="+", default=[], metavar="ID", help="only of these articles")
    export.add_argument("--trends", nargs="+", default=[], metavar="NAME", help="only on these trends")
    export.add_argument(
        "--language", choices=["ko", "en"], default="ko", help="of statements in Markdown (%(default)s)"
    )
    export.add_argument("--sealed", action="store_true", help="without any words of the articles: fit to be published")
    export.add_argument("--texts", action="store_true", help="with the full texts: for your own use")
    export.add_argument("--out", type=Path, metavar="FILE", help="where to (standard output)")
    export.set_defaults(run=_command("export", "export"))
    taken = commands.add_parser("import", help="take in what was exported as jsonl, as far as it is sound and new here")
    taken.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an export in the format jsonl")
    taken.add_argument(
        "--marks", action="store_true", help="give claims that are here the status that they were given there, too"
    )
    _by(taken)
    taken.set_defaults(run=_command("export", "take_in"))


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", type=_line, metavar="NAME", help="who does it, as the history is to say")


def _proxy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--use-proxy",
        action="store_true",
        help="go by the proxy of HTTPS_PROXY, which then decides alone what may be reached",
    )


def _line(text: str) -> str:
    line = " ".join(text.split())
    if not 0 < len(line) <= _LONGEST_LINE:
        raise argparse.ArgumentTypeError(f"may not be empty, nor longer than {_LONGEST_LINE} characters")
    return line


def _minutes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _LONGEST_WAIT:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of minutes from 1 to {_LONGEST_WAIT}")
    return int(text)


def _allow_write(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-write",
        action="store_true",
        default=None,
        help="let assistants add articles and record claims (never by default)",
    )


def _datasets(commands: "Commands") -> None:
    listed = commands.add_parser(
        "datasets", help="list the datasets that are there: vintage, rows, digest, licence, age"
    )
    listed.set_defaults(run=_command("datasets", "list_datasets"))
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
    sync.set_defaults(run=_command("datasets", "sync"))


def _chart(commands: "Commands") -> None:
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
    chart.set_defaults(run=_command("chart", "chart"))


def _serve(commands: "Commands") -> None:
    serve = commands.add_parser("serve", help="serve MCP: on standard input and output, or over HTTP")
    serve.add_argument("--http", action="store_true", help="serve Streamable HTTP")
    _allow_write(serve)
    http = serve.add_argument_group(
        "over HTTP", "an option takes precedence over its environment variable; see docs/settings.md"
    )
    http.add_argument("--host", help="address to listen on (127.0.0.1)")
    http.add_argument("--port", help="port to listen on, 0 for a free one (8000)")
    http.add_argument("--path", help="path of the endpoint (/mcp)")
    http.add_argument("--allowed-hosts", metavar="HOSTS", help="host names to answer to, separated by commas")
    http.add_argument("--allowed-origins", metavar="ORIGINS", help="origins of web pages to answer to")
    http.add_argument("--rate-limit", metavar="N", help="requests a minute from one client, 0 for no limit (600)")
    http.add_argument("--max-body", metavar="BYTES", help="largest request body (1048576)")
    http.add_argument("--trusted-proxies", metavar="ADDRESSES", help="proxies whose X-Forwarded-For is believed")
    serve.set_defaults(run=_command("serve", "serve"))


def _curate(commands: "Commands") -> None:
    curate = commands.add_parser("curate", help="seal and check the packaged knowledge (for its curators)")
    actions = curate.add_subparsers(title="actions", metavar="ACTION", required=True)
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, default=Path("knowledge/data"), help="data folder (default: %(default)s)")

    seal = actions.add_parser(
        "seal", parents=[data], help="turn a draft's quotes into seals and put it into the data folder"
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
        "figures", parents=[data], help="make the packaged recounts and costs anew from vintages of a dataset"
    )
    figures.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a table, named after population and day")
    figures.set_defaults(run=_command("curate", "curate"), action="figures")


def _command(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Return a runner for a function of a module of this package; the function may be async, and returns the exit status."""

    def run(options: argparse.Namespace) -> int:
        with garbage_collection_paused():
            command = getattr(import_module(f"mcp_server.cli.{module}"), function)
        status = command(options)
        done: int = asyncio.run(status) if iscoroutine(status) else status
        return done

    return run
