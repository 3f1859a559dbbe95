"""The commands `export` and `import`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from knowledge import StoreError
from knowledge.datasets import atomic_files
from knowledge.export import MOST_BYTES, collect_holdings, find_claims, formats
from knowledge.store import Bundle, CurationError, ImportResult, strip_text
from knowledge.text import to_line
from mcp_server.cli.history import editor
from mcp_server.cli.library import opener
from mcp_server.settings import Settings, version

_SHOWN = 5
"""Ids that a message lists."""


async def export(options: argparse.Namespace) -> int:
    """Write the knowledge base, or a selection of it, in a format; return the exit status."""
    if options.sealed and options.texts:
        print("--sealed leaves out the articles' words, --texts includes them. Give only one of them.", file=sys.stderr)
        return 2
    settings = Settings.read()
    async with opener(settings)() as knowledge:
        claims = None
        if options.query or options.articles or options.trends:
            claims = await find_claims(
                knowledge.store, options.query, options.articles, options.trends, options.language
            )
            if not claims:
                print("No claims match. Try other words, or leave out --query.", file=sys.stderr)
                return 1
        bundle = await collect_holdings(
            knowledge.store, datetime.now(UTC), version(), claims=claims, with_texts=options.texts
        )
    text = formats.write(strip_text(bundle) if options.sealed else bundle, options.format, options.language)
    if options.out is None:
        sys.stdout.write(text)
        return 0
    _write(text, options.out)
    print(f"{to_line(str(options.out))}: {_describe(bundle, options.format)}.", file=sys.stderr)
    return 0


def _write(text: str, out: Path) -> None:
    if not out.parent.is_dir():
        raise StoreError(f"{out.parent} is not a folder. Create it, or choose another with --out.")
    try:
        if out.exists() and not out.is_file():  # a device or pipe, which a file must not replace
            out.write_text(text, encoding="utf-8")
        else:
            atomic_files.write(text.encode(), out)
    except OSError as error:
        raise StoreError(f"{out} cannot be written: {error.strerror}. Choose another with --out.") from error


def _describe(bundle: Bundle, export_format: str) -> str:
    """Return the number of records in an export of a format."""
    claims, articles = _count(len(bundle.claims), "claim"), _count(len(bundle.articles), "article")
    if export_format == "csv-figures":
        return f"{_count(sum(len(claim.figures) for claim in bundle.claims), 'figure')} from {claims}"
    return articles if export_format in {"bibtex", "csl"} else f"{claims} from {articles}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


async def import_files(options: argparse.Namespace) -> int:
    """Import exported files, each by itself, and print the outcome of each; return the exit status."""
    failed = 0
    async with editor(options.by) as edits:
        for file in options.files:
            try:
                imported, refused = await edits.import_jsonl(_read(file), file.name, marks=options.marks)
            except (StoreError, CurationError) as error:
                failed += 1
                print(to_line(f"{file}: {error}"), file=sys.stderr)
                continue
            print(to_line(f"{file}: {_summary(imported)}"))
            for fault in refused:
                failed += 1
                print(to_line(f"{file}: refused: {fault}"), file=sys.stderr)
    return 1 if failed else 0


def _read(file: Path) -> str:
    """Return a file's text; stop reading at the size limit, since a device may have no end."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise StoreError(f"is larger than {MOST_BYTES:,} bytes. Export in parts: --query, --articles, --trends.")
        return data.decode()
    except UnicodeDecodeError:
        raise StoreError("is not UTF-8. Give a file that `ai-trends-mcp export --format jsonl` wrote.") from None
    except OSError as error:
        raise StoreError(f"cannot be read: {error.strerror}.") from error


def _summary(imported: ImportResult) -> str:
    parts = [f"{_count(imported.new, 'new record')}", f"{imported.same:,} already here"]
    parts += [_count(imported.texts, "new text")] if imported.texts else []
    parts += [f"the status of {_count(imported.changed, 'claim')} changed"] if imported.changed else []
    parts += [f"{len(imported.kept):,} left as they are here: {_list(imported.kept)}"] if imported.kept else []
    if imported.ungrounded:
        count, ids = len(imported.ungrounded), _list(imported.ungrounded)
        parts += [f"{count:,} refused, since the text does not contain their quotes: {ids}"]
    if imported.unmarked:
        count, ids = len(imported.unmarked), _list(imported.unmarked)
        parts += [f"{count:,} with another status in the file, which --marks applies: {ids}"]
    return f"{', '.join(parts)}."


def _list(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_SHOWN]) + (", ..." if len(ids) > _SHOWN else "")
