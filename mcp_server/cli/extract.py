"""The command `extract`."""

import argparse
import sys
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from knowledge.curation.extraction import (
    ArticleOutcome,
    EndpointConfig,
    Extraction,
    ExtractionTally,
    LLMClient,
    PendingArticle,
    ProgressStore,
    Spending,
    find_list_price,
    prompts,
    select_articles,
)
from knowledge.fetch import check_proxy, environment_proxy
from knowledge.library import SqliteStore
from knowledge.text import strip_hidden, to_line
from mcp_server.cli.library import library_file
from mcp_server.cli.progress import Progress
from mcp_server.settings import ExtractSettings, SettingsError, is_loopback, variable

_CHAT_PATH = "/chat/completions"
_LONGEST_NAME = 200
_LONGEST_TITLE = 80
_MOST_ROUNDS = 5
_MOST_AT_ONCE = 32


async def extract(options: argparse.Namespace) -> int:
    """Read articles, record the claims that they support, and print the outcome of each; return the exit status."""
    settings = _settings(options)
    config = _endpoint(settings, options)
    spending = _spending(config.model, options)
    library = library_file(settings, "nothing")
    async with SqliteStore(library, analyzer=settings.analyzer, words=settings.own_terms) as store:
        progress = ProgressStore(store, config.model)
        articles = await select_articles(store, progress, options.articles, again=options.again)
        left = [article for article in articles if article.parts]
        if options.dry_run or not left:
            print("\n".join(_plan(left, len(articles) - len(left), config.model)))
            return 0
        for article in left if options.again else ():
            await progress.delete(article.article)
        async with LLMClient(config, prompts.answer_schema()) as client:
            author = f"{config.model} by extract"
            tally = ExtractionTally(sum(article.length for article in left))
            run = Extraction(store, author, client, progress, spending, tally, rounds=options.rounds)
            return await _run(run, left, options.at_once)


async def _run(run: Extraction, left: Sequence[PendingArticle], at_once: int) -> int:
    read: list[ArticleOutcome] = []
    run.on_article = read.append
    with Progress(f"Reading {_articles(len(left))}", sys.stderr) as progress:
        run.on_progress = lambda tally: progress.show(tally.read / max(tally.length, 1), _line(tally, run.spending))
        await run.run(left, at_once)
    for article in read:
        print(_outcome(article))
        for reason in article.failed:
            print(f"{article.article.id}: {strip_hidden(reason)}", file=sys.stderr)
    print(_summary(run.tally, run.spending), flush=True)
    if run.ended:
        print(
            f"{strip_hidden(str(run.ended))} Recorded claims stay; run the command again to continue.", file=sys.stderr
        )
    return 1 if run.ended or any(article.failed for article in read) else 0


def _settings(options: argparse.Namespace) -> ExtractSettings:
    endpoint = options.endpoint.strip().rstrip("/").removesuffix(_CHAT_PATH) if options.endpoint else None
    return ExtractSettings.read(extract_endpoint=endpoint, extract_model=options.model or None)


def _endpoint(settings: ExtractSettings, options: argparse.Namespace) -> EndpointConfig:
    url, model = settings.extract_endpoint, settings.extract_model
    if not url:
        raise SettingsError(
            f"Set an endpoint with --endpoint http://127.0.0.1:11434/v1, or {variable('extract_endpoint')}."
        )
    if not model or strip_hidden(model).split() != model.split(" ") or len(model) > _LONGEST_NAME:
        raise SettingsError(f"Set the endpoint's model with --model NAME, or {variable('extract_model')}; on one line.")
    if not 0 <= options.rounds <= _MOST_ROUNDS:
        raise SettingsError(f"--rounds: {options.rounds} is not in the range 0 to {_MOST_ROUNDS}.")
    if not 1 <= options.at_once <= _MOST_AT_ONCE:
        raise SettingsError(f"--at-once: {options.at_once} is not in the range 1 to {_MOST_AT_ONCE}.")
    if not 0 < options.timeout <= 86_400:  # noqa: PLR2004 - a day
        raise SettingsError(
            f"--timeout: {options.timeout:g} is not in the range 0 to 86400 seconds. Try --timeout 600."
        )
    key = settings.extract_key.get_secret_value().strip() if settings.extract_key else ""
    if not (key.isascii() and key.isprintable()):
        raise SettingsError(f"{variable('extract_key')} contains characters that keys do not have. Copy it again.")
    return EndpointConfig(url, model, key, _proxy(url), options.timeout)


def _proxy(url: str) -> str | None:
    """Return the user's proxy, for a remote endpoint over https."""
    address = urlsplit(url)
    host = address.hostname or ""
    if address.scheme == "http" or is_loopback(host):
        return None
    proxy = environment_proxy(host)
    return check_proxy(proxy) if proxy else None


def _spending(model: str, options: argparse.Namespace) -> Spending:
    price = find_list_price(model)
    if options.budget is None:
        return Spending(price)
    try:
        budget = Decimal(options.budget)
    except InvalidOperation:
        budget = Decimal("NaN")
    if not (budget.is_finite() and budget > 0):
        raise SettingsError(
            f"--budget: ‘{strip_hidden(options.budget)}’ is not an amount in US dollars. Try --budget 2.50."
        )
    if price is None:
        raise SettingsError(
            f"--budget: no list price is known for ‘{strip_hidden(model)}’, so spending cannot be measured. "
            "Leave the option out; tokens are counted all the same."
        )
    return Spending(price, budget)


def _plan(left: Sequence[PendingArticle], read: int, model: str) -> list[str]:
    """Describe the articles that would be read."""
    lines = [
        f"{article.article.id}{_title(article.article.title)}: {article.length:,} characters, {_parts(len(article.parts))}"
        for article in left
    ]
    before = f" It has already read {_articles(read)}; --again reads them again." if read else ""
    if not left:
        return [f"Nothing to read for {strip_hidden(model)}.{before or ' Add articles with `ai-trends-mcp add`.'}"]
    parts = sum(len(article.parts) for article in left)
    total = sum(article.length for article in left)
    summary = (
        f"{_articles(len(left))}, {_parts(parts)}, {total:,} characters for {strip_hidden(model)}. Nothing was sent."
    )
    return [*lines, f"{summary}{before}"]


def _outcome(read: ArticleOutcome) -> str:
    refused = f", {read.refused} refused" if read.refused else ""
    whole = "" if read.is_whole else "; the rest is left for the next run"
    return f"{read.article.id}{_title(read.article.title)}: {len(read.recorded)} claims recorded{refused}{whole}."


def _line(tally: ExtractionTally, spending: Spending) -> str:
    share = tally.read / max(tally.length, 1)
    return f"{share:.0%} of {tally.length:,} characters read, {tally.recorded} claims, {_cost(spending)}"


def _summary(tally: ExtractionTally, spending: Spending) -> str:
    first = f"{tally.recorded} claims recorded ({tally.first[0]} of {tally.first[1]} drafts accepted at first"
    fixed = f", {tally.corrected[0]} of {tally.corrected[1]} after a fix" if tally.corrected[1] else ""
    return f"{first}{fixed}), {tally.refused} refused. {spending.calls} calls, {_cost(spending)}."


def _cost(spending: Spending) -> str:
    tokens = f"{spending.input:,} tokens in, {spending.output:,} out"
    uncounted = f" ({spending.unreported} calls reported none)" if spending.unreported else ""
    if not spending.price:
        return f"{tokens}{uncounted}"
    price = f"{spending.price.provider}'s list price of {spending.price.name}"
    return f"{tokens}{uncounted}, US${spending.dollars:.4f} at {price}"


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"


def _parts(count: int) -> str:
    return "1 part" if count == 1 else f"{count} parts"


def _title(title: str | None) -> str:
    line = to_line(title or "")
    return f" ({line if len(line) <= _LONGEST_TITLE else f'{line[:_LONGEST_TITLE]}…'})" if line else ""
