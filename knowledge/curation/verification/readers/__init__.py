"""Readers of an article: quotes, numbers and times, factuality, names, from text to typed values."""
