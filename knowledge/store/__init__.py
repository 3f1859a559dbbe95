"""Records kept in SQLite, and the `Store` protocol that any engine implements.

Articles, claims, texts, the event log, the packaged data, copies, merging of imports, integrity checks. Finding is in `search`.
"""
