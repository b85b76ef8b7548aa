"""What the browser may do with the app: run its own scripts, and talk to its own server alone.

The app may stand inside any page, a course's or a file's, so that nothing is said about frame-ancestors.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
POLICY = {
    "default-src": "'none'",
    # Streamlit hands the script of a component over as a blob; its protobuf counts large numbers in WebAssembly.
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",  # Streamlit, Plotly and KaTeX write styles while they draw
    "img-src": "'self' data:",  # QR codes, and the drawing of which a picture of the run is made
    "font-src": "'self' data:",  # Streamlit's icons, and the font that a picture which is taken home brings along
    "connect-src": "'self'",  # also the WebSocket, ws: or wss: as the page itself came
    "frame-src": "'self'",  # the preview of a link
    "base-uri": "'none'",
    "form-action": "'self'",  # the door of a class
}
"""What each kind of thing may come from: this server, or what the page has made itself, and nowhere else."""


class Protect:
    """Send the content security policy with every answer, so that no foreign word can become a script."""

    def __init__(self, app: ASGIApp, document: str) -> None:
        """Stand in front of `app`; `document` is its HTML, whose inline scripts may run and no others."""
        self.app = app
        self.headers = {
            "Content-Security-Policy": policy(hashes(document)),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",  # our own forms say where they come from
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to every answer; WebSockets are left alone."""

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, text in self.headers.items():
                    headers[name] = text
            await send(message)

        await self.app(scope, receive, send_protected)


def hashes(document: str) -> list[str]:
    """Return how a policy names each inline script of an HTML document."""
    scripts = INLINE_SCRIPT.findall(document)
    return [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]


def policy(scripts: Iterable[str] = ()) -> str:
    """Return the policy as a header's text, with these inline scripts allowed by their hashes."""
    allowed = POLICY | {"script-src": " ".join([POLICY["script-src"], *scripts])}
    return "; ".join(f"{what} {origins}" for what, origins in allowed.items())
