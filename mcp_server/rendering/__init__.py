"""Answers, refusals and links as a client reads them: layout, lines, figures, labels in Korean and English."""
