"""What can be typed to make a library grow: the parsers of its commands. What they do is loaded when one is typed."""

import argparse
import asyncio
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name

_LONGEST_WAIT = 60 * 24 * 7
_LONGEST_LINE = 300


def add_commands(commands: "Commands") -> None:
    """Give the command line the commands that bring articles, change claims, and take knowledge out and in."""
    _add(commands)
    _watch(commands)
    _extract(commands)
    _mark(commands)
    _export(commands)


def _add(commands: "Commands") -> None:
    add = commands.add_parser("add", help="take articles into your library: files, addresses, or standard input")
    add.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="a file (txt, md, html, pdf), an address (https://...), or - for standard input",
    )
    for name, said in (
        ("title", "its headline, where it says none"),
        ("author", "who wrote it"),
        ("publisher", "who published it"),
        ("published", "when: 2026-01-03, 2026-01, 2026"),
    ):
        add.add_argument(f"--{name}", help=said)
    _by(add)
    _proxy(add)
    add.set_defaults(run=_run("add", "add"))


def _watch(commands: "Commands") -> None:
    watch = commands.add_parser("watch", help="watch RSS and Atom feeds, and bring what is new in them")
    watch.add_argument("feeds", nargs="*", metavar="FEED", help="addresses of feeds to watch from now on")
    watch.add_argument("--every", type=_minutes, metavar="MINUTES", help="go on, with a round every so many minutes")
    watch.add_argument("--list", action="store_true", help="say which feeds are watched, and ask none")
    watch.add_argument("--forget", metavar="FEED", help="watch a feed no more; its articles stay")
    _by(watch)
    _proxy(watch)
    watch.set_defaults(run=_run("add", "watch"))


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
    extract.set_defaults(run=_run("extract", "extract"))


def _mark(commands: "Commands") -> None:
    mark = commands.add_parser(
        "mark", help="say that a claim is superseded, disputed or retracted; nothing is overwritten"
    )
    mark.add_argument("claim", help="id of the claim")
    mark.add_argument("status", choices=["superseded", "disputed", "retracted", "current"])
    mark.add_argument("--why", required=True, type=_line, help="why, in a sentence")
    mark.add_argument("--instead", metavar="CLAIM", help="id of the claim that takes its place, or speaks against it")
    _by(mark)
    mark.set_defaults(run=_run("export", "mark"))
    history = commands.add_parser("history", help="say what happened to texts and claims: when, who, why")
    history.add_argument(
        "ids", nargs="*", metavar="ID", help="of claims, articles or entities; everything where none is named"
    )
    history.set_defaults(run=_run("export", "history"))


def _export(commands: "Commands") -> None:
    export = commands.add_parser("export", help="write what is known: Markdown, CSV, BibTeX, CSL or JSON-LD")
    export.add_argument(
        "--format",
        choices=["markdown", "csv", "csv-figures", "bibtex", "csl", "jsonld"],
        default="markdown",
        help="jsonld can be imported again (%(default)s)",
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
    export.set_defaults(run=_run("export", "export"))
    taken = commands.add_parser(
        "import", help="take in what was exported as JSON-LD, as far as it is sound and new here"
    )
    taken.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an export")
    taken.add_argument(
        "--marks", action="store_true", help="give claims that are here the status that they were given there, too"
    )
    _by(taken)
    taken.set_defaults(run=_run("export", "take_in"))


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", type=_line, metavar="NAME", help="who does it, as the history is to say")


def _proxy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--use-proxy",
        action="store_true",
        help="go by the proxy of HTTPS_PROXY, which then decides alone what may be reached",
    )


def _line(said: str) -> str:
    line = " ".join(said.split())
    if not 0 < len(line) <= _LONGEST_LINE:
        raise argparse.ArgumentTypeError(f"may not be empty, nor longer than {_LONGEST_LINE} characters")
    return line


def _minutes(said: str) -> int:
    if not said.isdecimal() or not 1 <= int(said) <= _LONGEST_WAIT:
        raise argparse.ArgumentTypeError(f"{said!r} is no number of minutes from 1 to {_LONGEST_WAIT}")
    return int(said)


def _run(room: str, command: str) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        done: int = asyncio.run(getattr(import_module(f"mcp_server.cli.{room}"), command)(options))
        return done

    return run
