"""Drafts of claims by a language model over an OpenAI-compatible API: prompts, client, parsing, progress, budget."""
