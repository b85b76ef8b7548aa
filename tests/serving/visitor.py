"""An application that answers with what it knows of who asks: the scheme and the address."""

from starlette.types import Receive, Scope, Send


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    known = f"{scope['scheme']} {scope['client'][0]}" if scope["type"] == "http" else ""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": known.encode()})
