"""Fixtures for the pages."""

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager


@pytest.fixture(autouse=True)
def _no_search_for_components(monkeypatch: pytest.MonkeyPatch) -> None:
    # Every AppTest looks through all installed packages for components; the player is none of them.
    monkeypatch.setattr(BidiComponentManager, "discover_and_register_components", lambda *_args, **_kwargs: None)
