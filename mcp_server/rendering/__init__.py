"""Answers, refusals and links as a client reads them: layout, lines, figures, labels in Korean and English."""

__all__ = ["error_messages", "labels", "lines", "links", "text"]
