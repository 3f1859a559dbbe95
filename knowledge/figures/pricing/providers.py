"""Whose price a listed price is: which provider sells models of its own, and which only those of others."""

from typing import NamedTuple

from knowledge.figures.pricing import model_names


class Maker(NamedTuple):
    """A provider that sells models of its own."""

    entity: str | None
    """The maker's entity in the knowledge base; `None` where it has none."""
    name: str
    """The maker's usual name."""
    only: frozenset[str] = frozenset()
    """Words one of which its own models have, where it mostly sells others'; empty where most are its own."""


_MAKERS = {
    "openai": Maker("openai", "OpenAI"),
    "anthropic": Maker("anthropic", "Anthropic"),
    "moonshotai": Maker("moonshot-ai", "Moonshot AI"),
    "deepseek": Maker(None, "DeepSeek"),
    "google": Maker("google", "Google"),
    "x-ai": Maker(None, "xAI"),
    "mistral": Maker(None, "Mistral AI"),
    "cohere": Maker(None, "Cohere"),
    "zai": Maker("zhipu", "Z.ai (Zhipu AI)"),
    "minimax": Maker(None, "MiniMax"),
    "meta": Maker("meta", "Meta"),
    "perplexity": Maker(None, "Perplexity", frozenset({"sonar"})),
    "aws": Maker("amazon", "Amazon", frozenset({"nova", "titan"})),
    "arcee": Maker(None, "Arcee AI", frozenset({"trinity"})),
}
_FAMILIES = {
    "claude": "anthropic",
    "gemini": "google",
    "gemma": "google",
    "gpt": "openai",
    "llama": "meta",
    "kimi": "moonshotai",
    "deepseek": "deepseek",
    "glm": "zai",
    "grok": "x-ai",
    "mistral": "mistral",
    "command": "cohere",
    "minimax": "minimax",
    "qwen": "alibaba",
}
"""Words that show whose model it is, wherever it is listed: Google and Mistral list models of others among theirs."""
COPIED = frozenset(
    {
        ("moonshotai", "kimi-k2"),
        ("deepseek", "deepseek-v3.1-terminus"),
        ("deepseek", "deepseek-v3.2"),
        ("deepseek", "deepseek-v3.2-exp"),
    }
)
"""Prices listed under the maker that are not the maker's: what OpenRouter or a host on it asks or asked for the same model, to
the last digit (of Terminus nearly), without a source of the maker's own. Compared on genai-prices 0.2.3."""
CONVERTED = frozenset({"zhipuai"})
"""Providers whose prices are in another currency, converted in the data by a rate without a day: no price in dollars."""


def find_maker(provider_id: str, model_id: str) -> Maker | None:
    """The maker, if this provider's price of the model is its maker's own; `None` for a reseller's."""
    found = _MAKERS.get(provider_id)
    if found is None:
        return None
    words = model_names.get_line(model_id)
    whose = {_FAMILIES[word] for word in words & _FAMILIES.keys()}
    if whose - {provider_id} or (found.only and not words & found.only):
        return None
    return found
