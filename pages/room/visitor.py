"""Which browser this is: by the token in its cookie, or where it keeps none, as long as the session lasts."""

import streamlit as st

from rooms.words import COOKIE, is_token, new_token


def token() -> str:
    """Return the token of this browser."""
    kept = st.context.cookies.get(COOKIE)
    if is_token(kept):
        return str(kept)
    own: str = st.session_state.setdefault("visitor", new_token())
    return own


def network_address() -> str:
    """Return where this browser is in the network; Streamlit says nothing of who sits at the server's machine."""
    address = st.context.ip_address
    return address if isinstance(address, str) else "127.0.0.1"
