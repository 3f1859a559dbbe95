"""OpenAI-compatible endpoint on loopback with scripted answers."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOST = "127.0.0.1"
Say = Callable[["Request"], "Reply"]


class Request:
    """Request to the stand-in."""

    def __init__(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> None:
        self.path = path
        self.headers = headers
        self.body = body

    @property
    def messages(self) -> list[dict[str, str]]:
        return list(self.body["messages"])

    @property
    def text(self) -> str:
        """Return the part of the article in the prompt."""
        opened = self.messages[1]["content"].rpartition("\n</text-")[0]
        return opened.partition(">\n")[2]

    @property
    def data(self) -> dict[str, Any]:
        """Return the data on the article in the prompt."""
        found = json.loads(self.messages[1]["content"].split("\n\n")[1])
        assert isinstance(found, dict)
        return found

    @property
    def is_correction(self) -> bool:
        return len(self.messages) > 2

    @property
    def form(self) -> str:
        return str(self.body.get("response_format", {}).get("type", "plain"))


class Reply:
    """Response of the stand-in: body, status, headers."""

    def __init__(self, content: bytes, status: int = 200, wait: float = 0, **headers: str) -> None:
        self.content = content
        self.status = status
        self.wait = wait
        """Seconds before it is sent."""
        self.headers = {"Content-Type": "application/json"} | {k.replace("_", "-"): v for k, v in headers.items()}


def says(text: object, finish: str = "stop", tokens: tuple[int, int] | None = (1000, 200)) -> Reply:
    """Make a chat completion with this text, or with this value as JSON."""
    content = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    usage = {"usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}} if tokens else {}
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
    return Reply(json.dumps({"id": "x", "object": "chat.completion", "choices": [choice], **usage}).encode())


def drafts(*given: Any, entities: tuple[Any, ...] = ()) -> Reply:
    """Make a chat completion with these drafts."""
    return says({"drafts": list(given), "entities": list(entities)})


def fails(status: int, message: str = "no", code: str | None = None, retry_after: str = "") -> Reply:
    """Make an error as OpenAI writes it."""
    named: dict[str, Any] = {"Retry_After": retry_after} if retry_after else {}
    return Reply(json.dumps({"error": {"message": message, "code": code}}).encode(), status, **named)


class Speaker(ThreadingHTTPServer):
    """Server that records requests and answers them with `say`."""

    daemon_threads = True

    def __init__(self, say: Say) -> None:
        super().__init__((HOST, 0), type("Bound", (_Handler,), {"speaker": self}))
        self.say = say
        self.requests: list[Request] = []
        self.stopped = threading.Event()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_port}/v1"

    def handle_error(self, *_: Any) -> None:
        """Ignore clients that closed the connection."""


class _Handler(BaseHTTPRequestHandler):
    speaker: Speaker

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        request = Request(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        self.speaker.requests.append(request)
        reply = self.speaker.say(request)
        if reply.wait:
            self.speaker.stopped.wait(reply.wait)
        with suppress(OSError):
            self.send_response(reply.status)
            for name, value in ({"Content-Length": str(len(reply.content))} | reply.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.content)

    def log_message(self, *_: Any) -> None:
        """Write no log."""


@contextmanager
def speaking(say: Say) -> Iterator[Speaker]:
    """Run an endpoint while the context is open."""
    with Speaker(say) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()


def in_turn(*replies: Reply) -> Say:
    """Answer with one reply after the other, and repeat the last."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]
