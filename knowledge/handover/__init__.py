"""Which questions of a search the figure tools answer, and with which call. Nothing here is loaded by a start."""
