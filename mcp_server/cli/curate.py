"""The command `curate`, for curators of the packaged knowledge."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from knowledge.model import StoreError
from knowledge.store import CurationError, CurationFault

_NEEDS_EXTRA = "`ai-trends-mcp curate` needs the extra `curate`; in a copy of the repository: pip install '.[curate]'."


def curate(options: argparse.Namespace) -> int:
    """Do one action and return the exit status; faults go to standard error, one a line."""
    try:
        from knowledge.curation import sealing  # noqa: F401, PLC0415 - an optional extra
    except ImportError:
        print(_NEEDS_EXTRA, file=sys.stderr)
        return 1
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "seal": _seal,
        "open": _open,
        "check": _check,
        "figures": _figures,
    }
    try:
        return actions[options.action](options)
    except CurationError as error:
        print(error, file=sys.stderr)
        return 1


def _seal(options: argparse.Namespace) -> int:
    from knowledge.curation import sealing  # noqa: PLC0415

    article, sealed = sealing.seal_draft(_read(options.draft), _read(options.text), options.draft.name)
    target = options.data / "articles" / f"{article}.toml"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(sealed, encoding="utf-8", newline="\n")
    print(f"{target}: sealed")
    return 0


def _open(options: argparse.Namespace) -> int:
    from knowledge.curation import sealing  # noqa: PLC0415

    file = options.data / "articles" / f"{options.article}.toml"
    if not file.is_file():
        there = ", ".join(sorted(sealed.stem for sealed in file.parent.glob("*.toml"))) or "none"
        raise StoreError(f"There is no article ‘{options.article}’ in {options.data}. There: {there}.")
    print(sealing.unseal(_read(file), _read(options.text), file.name), end="")
    return 0


def _check(options: argparse.Namespace) -> int:
    from knowledge.curation import sealing  # noqa: PLC0415

    if options.texts and not options.texts.is_dir():
        raise StoreError(f"There is no folder {options.texts}.")
    texts = sealing.read_texts(options.texts) if options.texts else {}
    knowledge, faults = sealing.check_folder(options.data, texts)
    figures, figure_faults = _packaged_figures(options.data)
    faults = (*faults, *figure_faults)
    for fault in faults:
        print(fault, file=sys.stderr)
    at_hand = sum(article.sha256 in texts for article in knowledge.articles)
    kinds = ", ".join(
        f"{count} {kind}" for kind, count in Counter(claim.kind for claim in knowledge.claims).most_common()
    )
    print(
        f"{len(knowledge.articles)} articles ({at_hand} checked against their text), {len(knowledge.claims)} claims: {kinds}"
    )
    print(f"{len(knowledge.trends)} trends, {len(knowledge.entities)} entities, {figures}, {len(faults)} faults")
    return 1 if faults else 0


def _figures(options: argparse.Namespace) -> int:
    from knowledge.datasets import build  # noqa: PLC0415

    if not options.data.is_dir():
        raise StoreError(f"There is no folder {options.data}.")
    for file in build.write_figures(options.files, options.data):
        print(f"{file}: made")
    figures, faults = _packaged_figures(options.data)
    if faults:
        raise CurationError(faults)
    print(figures)
    return 0


def _packaged_figures(data: Path) -> tuple[str, tuple[CurationFault, ...]]:
    """Count the recounts and costs of the data folder, and return their faults."""
    from knowledge.datasets import packaged  # noqa: PLC0415

    recounts, costs = 0, 0
    faults: tuple[CurationFault, ...] = ()
    try:
        recounts = len(packaged.read_recounts(data).recounts)
    except CurationError as error:
        faults += error.faults
    try:
        costs = len(packaged.read_costs(data).models)
    except CurationError as error:
        faults += error.faults
    return f"{recounts} recounts, costs of {costs} models", faults


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{file} cannot be read: {error}.") from error
