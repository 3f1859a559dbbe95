"""The rate limit of a client."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

_MINUTE = 60.0
_MOST_CLIENTS = 10_000
_ROUNDING = 1e-6


class RateLimit:
    """A minute's worth of requests at once, then as many as refill: one number a client (the generic cell rate algorithm).

    A client is forgotten when it has refilled, and the longest silent one when there are too many. Forgetting lets more in,
    never fewer, so that many addresses cannot shut out one.
    """

    def __init__(
        self, per_minute: int, *, most_clients: int = _MOST_CLIENTS, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._each = _MINUTE / per_minute
        self._most = most_clients
        self._now = now
        self._refilled: OrderedDict[str, float] = OrderedDict()
        """Time at which each client will have its whole allowance again; the longest silent one first."""

    def wait(self, client: str) -> float:
        """Return the seconds until `client` may ask; if that is 0, take a request from its allowance."""
        now = self._now()
        self._forget(now)
        refilled = max(self._refilled.get(client, now), now) + self._each
        if (over := refilled - now - _MINUTE) > _ROUNDING:
            return over
        self._refilled[client] = refilled
        self._refilled.move_to_end(client)
        return 0.0

    def _forget(self, now: float) -> None:
        for silent in [client for client, _ in zip(self._refilled, range(2), strict=False)]:  # two out for one in
            if self._refilled[silent] <= now or len(self._refilled) >= self._most:
                del self._refilled[silent]

    def __len__(self) -> int:
        return len(self._refilled)


def client_of(address: str) -> str:
    """Return the key of a client: its IPv4 address, or the /64 network of its IPv6 address, which a subscriber has whole."""
    if ":" not in address:
        return address
    try:
        parsed = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    return str(parsed.ipv4_mapped or ipaddress.IPv6Address(parsed.packed[:8] + bytes(8)))
