"""Servers on loopback that answer as a test wants, over HTTP or TLS, and a proxy before them."""

import gzip
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from knowledge.fetch.url_policy import AllowedHosts

Answer = Callable[["Handler"], None]
HOST = "127.0.0.1"
CSV = b"Model,Organization\nA,B\n"


class Handler(BaseHTTPRequestHandler):
    """Answers with what the origin has at a path."""

    origin: "Origin"

    def do_GET(self) -> None:
        self.origin.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        answer = self.origin.answers.get(self.path)
        if answer:
            answer(self)
        else:
            self.send_error(404)

    def do_CONNECT(self) -> None:
        """Be a proxy: connect every name to the same place."""
        self.origin.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        if self.origin.behind is None:
            self.send_error(403, "not for you")
            return
        self.send_response(200)
        self.end_headers()
        with socket.create_connection((HOST, self.origin.behind)) as far:
            _join(self.connection, far)

    def log_message(self, *_: Any) -> None:
        """Write no log."""


class Origin(ThreadingHTTPServer):
    """Web server that records requests and sends prepared answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), type("Bound", (Handler,), {"origin": self}))
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.behind: int | None = None
        self.stopped = threading.Event()

    @property
    def port(self) -> int:
        return self.server_port

    @property
    def allowed(self) -> AllowedHosts:
        return AllowedHosts(frozenset({HOST}), frozenset({self.port}))

    def url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"

    def has(self, path: str, content: bytes = CSV, **headers: str) -> str:
        """Answer with this content; the address."""
        self.answers[path] = answer(content, 200, **headers)
        return self.url(path)

    def handle_error(self, *_: Any) -> None:
        """A client that leaves is no error."""


@contextmanager
def origin(context: ssl.SSLContext | None = None) -> Iterator[Origin]:
    """A server in a thread."""
    with Origin() as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()


def answer(content: bytes = CSV, status: int = 200, **headers: str) -> Answer:
    """An answer with these headers, `_` being `-`; a length unless it has one."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def give(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | named).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return give


def moved(target: str, status: int = 302, **headers: str) -> Answer:
    """A redirect."""
    return answer(b"", status, Location=target, **headers)


def raw(content: bytes) -> Answer:
    """These bytes and nothing else."""
    return lambda handler: _write(handler, content)


def dripping(before: bytes) -> Answer:
    """These bytes, then one after the other without an end."""

    def drip(handler: Handler) -> None:
        _write(handler, before)
        with suppress(OSError):
            while not handler.origin.stopped.wait(0.02):
                handler.wfile.write(b"a")

    return drip


def conditional(content: bytes, etag: str, **headers: str) -> Answer:
    """304 to who has it already."""

    def give(handler: Handler) -> None:
        known = handler.headers.get("If-None-Match") == etag
        answer(b"" if known else content, 304 if known else 200, ETag=etag, **headers)(handler)

    return give


def bomb(unpacked: int) -> bytes:
    """So many zeros, packed."""
    return gzip.compress(bytes(unpacked), 9)


def certified(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's context with a certificate for `name`, which this process trusts from now on."""
    x509 = pytest.importorskip("cryptography.x509", reason="cryptography, which makes certificates, is not installed")
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    pem, none = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, none)
    file.write_bytes(built.public_bytes(pem) + private)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def resolver(names: Mapping[str, list[str]]) -> Callable[[str], Any]:
    """Make a resolver of these names that records its lookups."""

    async def resolve(host: str) -> list[str]:
        resolve.lookups.append(host)  # type: ignore[attr-defined]
        return names[host]

    resolve.lookups = []  # type: ignore[attr-defined]
    return resolve


def _write(handler: Handler, content: bytes) -> None:
    handler.wfile.write(content)
    handler.close_connection = True


def _join(near: socket.socket, far: socket.socket) -> None:
    with suppress(OSError):
        while True:
            for side in select.select([near, far], [], [], 5)[0] or [near]:
                piece = side.recv(65536)
                if not piece:
                    return
                (far if side is near else near).sendall(piece)
