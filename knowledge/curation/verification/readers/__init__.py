"""Readers of an article: quotes, numbers, dates, modality, negation, speakers and entities, from text to typed values."""
