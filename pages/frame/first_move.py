"""The first move in a session that the server does not know: it was started again, or has forgotten the session.

The browser goes on showing the page, and its next message is a move, the first of the new session. Streamlit tells
nobody of it, for it does not know the widget yet. So once the page has run, and every widget is known, the message is
answered again.
"""

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx


def unheard_moves() -> list[WidgetState]:
    """Return what the browser says of its widgets."""
    context = get_script_run_ctx()
    return context.session_state.get_widget_states() if context else []


def hear(moves: list[WidgetState]) -> None:
    """Run again with these states of the widgets, if there are any; what differs from what is shown is a move."""
    context = get_script_run_ctx()
    if not moves or context is None:
        return
    raise RerunException(
        RerunData(
            query_string=context.query_string,
            widget_states=WidgetStates(widgets=moves),
            page_script_hash=context.page_script_hash,
            cached_message_hashes=context.cached_message_hashes,
            context_info=context.context_info,
        )
    )
