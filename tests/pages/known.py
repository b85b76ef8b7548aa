"""What is known beforehand of the settings' runs, for tests of settings whose loss is a parabola."""

from typing import Any

from core.theory.quadratic import Quadratic
from pages.settings.data import theory_of


def known_of(settings: Any) -> Quadratic:
    found = theory_of(settings)
    assert found is not None
    return found
