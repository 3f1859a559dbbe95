"""JSON-RPC messages as clients of each protocol era send them."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from benchmarks.calls import Call

Era = Literal["modern", "legacy"]
ERAS: tuple[Era, ...] = ("modern", "legacy")
VERSIONS: Mapping[Era, str] = {"modern": "2026-07-28", "legacy": "2025-11-25"}
_CLIENT = {"name": "benchmark", "version": "1"}
_META = "io.modelcontextprotocol/"


def request(method: str, params: Mapping[str, Any], era: Era, number: int | None = 1) -> dict[str, Any]:
    """A request; a notification where it has no number."""
    meta = {
        f"{_META}protocolVersion": VERSIONS[era],
        f"{_META}clientCapabilities": {},
        f"{_META}clientInfo": _CLIENT,
    }
    sent = {**params, "_meta": meta} if era == "modern" else dict(params)
    numbered = {} if number is None else {"id": number}
    return {"jsonrpc": "2.0", **numbered, "method": method, "params": sent}


def handshake(era: Era) -> list[dict[str, Any]]:
    """Return the messages before the first call."""
    if era == "modern":
        return []
    hello = {"protocolVersion": VERSIONS[era], "capabilities": {}, "clientInfo": _CLIENT}
    return [request("initialize", hello, era, 0), request("notifications/initialized", {}, era, None)]


def tool_call(call: Call, era: Era) -> dict[str, Any]:
    """A call of a tool."""
    return request("tools/call", {"name": call.tool, "arguments": call.arguments}, era)


def encoded(sent: Mapping[str, Any]) -> bytes:
    """A message as UTF-8."""
    return json.dumps(sent, ensure_ascii=False).encode()


def checked(answer: bytes) -> bytes:
    """The answer, if it is one: the time of a refusal means nothing."""
    if not answer or b'"isError":true' in answer or b'"error":{' in answer:
        raise RuntimeError(answer.decode() or "the server closed the connection")
    return answer
