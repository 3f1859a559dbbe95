"""An ASGI layer that ends abandoned requests quietly.

SDK 2.3.0 with uvicorn: a client that leaves before its request is whole, and a request that outlasts a shutdown, each log a traceback.
Can go when neither does.
"""

import asyncio
from contextlib import suppress

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class QuietDisconnects:
    """Ends a request whose client left before it was whole, or which outlasts a shutdown."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        whole = False
        begun = False

        async def receive_whole() -> Message:
            nonlocal whole
            message = await receive()
            if message["type"] == "http.disconnect" and not whole:
                raise ClientDisconnect
            whole = whole or not message.get("more_body", False)
            return message

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        with suppress(ClientDisconnect, asyncio.CancelledError):
            await self._app(scope, receive_whole, send_noted)
        if not begun:
            await Response(status_code=503)(scope, receive, send)
