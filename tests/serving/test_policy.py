"""What the browser may do with the app."""

import re
from base64 import b64decode
from hashlib import sha256

import pytest

from serving.policy import POLICY, Protect, hashes, policy
from tests.serving.own_loop import run
from tests.serving.test_delivery import App, asked

SCRIPT = "\n  window.ready = false\n"
DOCUMENT = f'<html><script>{SCRIPT}</script><script type="module" src="./index.js"></script></html>'
MADE_HERE = r"'self'|'none'|blob:|data:|'unsafe-inline'|'wasm-unsafe-eval'"


def protected(app: App) -> dict[str, str]:
    """The headers of the app's answer."""
    return asked(Protect(app, DOCUMENT))[0]


def test_every_answer_carries_the_policy() -> None:
    for path in ("/train", "/static/js/index.js", "/_stcore/health"):
        headers, _ = asked(Protect(App(), DOCUMENT), path=path)
        assert headers["content-security-policy"] == policy(hashes(DOCUMENT))


def test_only_the_document_s_own_inline_script_has_a_hash() -> None:
    (allowed,) = re.findall(r"'sha256-([^']+)'", protected(App())["content-security-policy"])
    assert b64decode(allowed) == sha256(SCRIPT.encode()).digest()


@pytest.mark.parametrize("what", POLICY)
def test_nothing_may_come_from_another_host(what: str) -> None:
    assert all(re.fullmatch(MADE_HERE, origin) for origin in POLICY[what].split())


def test_no_text_may_become_a_script() -> None:
    assert "unsafe-inline" not in POLICY["script-src"]
    assert "'unsafe-eval'" not in POLICY["script-src"]


def test_what_is_not_named_is_forbidden() -> None:
    assert policy().startswith("default-src 'none'; ")


def test_any_page_may_embed_the_app() -> None:
    headers = protected(App())
    assert "frame-ancestors" not in headers["content-security-policy"]
    assert "x-frame-options" not in headers


def test_the_kind_of_a_file_is_not_guessed_and_no_other_server_is_told_the_address() -> None:
    headers = protected(App(headers={"referrer-policy": "unsafe-url"}))
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")


def test_a_websocket_passes_through_untouched() -> None:
    seen: list[tuple[object, ...]] = []

    async def app(*arguments: object) -> None:
        seen.append(arguments[:2])

    async def nothing(*_: object) -> dict[str, object]:
        return {}

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": []}
    run(Protect(app, DOCUMENT)(scope, nothing, nothing))  # type: ignore[arg-type]
    assert seen == [(scope, nothing)]
