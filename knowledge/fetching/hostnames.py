"""Is this the name of a host on the public network, however it is written? Names only: no spelling of an IP address is one.

Host names that are not ASCII are read as browsers read them (UTS 46, without the transitional exceptions), by `idna`.
"""

import re

_LONGEST = 253
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_NOT_PUBLIC = {"alt", "arpa", "internal", "lan", "local", "localdomain", "localhost", "onion"}
"""Last labels that are kept for what is not the public network's (RFC 6761, 6762, 7686, 8375, 9476), or are used so."""


class HostnameError(ValueError):
    """What is wrong with a name, to stand behind ‘which’."""


def hostname(written: str) -> str:
    """The name in ASCII and lower case, without a dot at its end.

    Raises:
        HostnameError: if it is an IP address in any spelling, such as 2130706433, 0x7f.1 or ①②⑦.0.0.1, no name, or not public.
    """
    if ":" in written:
        raise HostnameError("is an IP address and no name")
    name = _ascii(written).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):  # what parsers of addresses take for one ends in a number
        raise HostnameError("is an IP address and no name")
    if len(name) > _LONGEST or not all(map(_LABEL.fullmatch, labels)):
        raise HostnameError("is no name of a host")
    if len(labels) == 1 or labels[-1] in _NOT_PUBLIC:
        raise HostnameError("is no name of the public network")
    return name


def _ascii(written: str) -> str:
    if written.isascii():
        return written.lower()
    import idna  # noqa: PLC0415 - large tables, and few names need them

    try:
        return idna.encode(written, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise HostnameError("is no name of a host") from None
