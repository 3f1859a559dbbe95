"""Answers, refusals and links as clients see them."""
