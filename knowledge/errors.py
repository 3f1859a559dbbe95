"""What can go wrong, as sentences that say what to do."""


class UnanswerableError(Exception):
    """A question that cannot be answered as it was put; the message says why and what to ask instead."""


class StoreError(Exception):
    """The store cannot be used; the message says why and what to do."""


class UnwritableError(StoreError):
    """The store's file cannot be made or written, though nothing is wrong with what is in it."""
