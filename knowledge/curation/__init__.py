"""Claims on their way in: recording of drafts and sealing of quotes.

Rules that accept or refuse a draft are in `verification`, drafts by a language model in `extraction`.
"""
