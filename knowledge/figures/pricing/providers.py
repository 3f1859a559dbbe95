"""Providers of models: makers that sell their own, and resellers."""

from typing import NamedTuple

from knowledge.figures.pricing import model_names


class Maker(NamedTuple):
    """A provider that sells models of its own."""

    entity: str | None
    """The maker's entity in the knowledge base, if it has one."""
    name: str
    """The maker's usual name."""
    only: frozenset[str] = frozenset()
    """Words that mark its own models if it mostly sells others'; empty if most are its own."""


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
"""Makers by the words in names of their models: Google and Mistral also list models of others."""
COPIED = frozenset(
    {
        ("moonshotai", "kimi-k2"),
        ("deepseek", "deepseek-v3.1-terminus"),
        ("deepseek", "deepseek-v3.2"),
        ("deepseek", "deepseek-v3.2-exp"),
    }
)
"""Prices listed under a maker that are copies of OpenRouter's or one of its hosts', to the last digit (Terminus: nearly),
without a source of the maker's own. Compared in genai-prices 0.2.3."""
CONVERTED = frozenset({"zhipuai"})
"""Providers with prices in another currency, converted in the data at an undated rate: no price in dollars."""


def find_maker(provider_id: str, model_id: str) -> Maker | None:
    """Return the maker if this provider's price is the maker's own; `None` for a reseller's."""
    found = _MAKERS.get(provider_id)
    if found is None:
        return None
    words = model_names.get_line(model_id)
    owners = {_FAMILIES[word] for word in words & _FAMILIES.keys()}
    if owners - {provider_id} or (found.only and not words & found.only):
        return None
    return found
