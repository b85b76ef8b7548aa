"""What is said in the game of landing."""

import pytest

from telling.landing import invitation, score


def test_the_invitation_says_which_start_how_near_and_what_par_is() -> None:
    text = invitation(3, 10, 1726, 0.5, 0)
    assert "3 of 10" in text
    assert "within 0.5" in text
    assert "Par is 1,726" in text
    assert "dares" not in text


def test_a_dare_is_part_of_the_invitation() -> None:
    assert invitation(3, 10, 1726, 0.5, 400).endswith("Somebody landed in 400 and dares you to beat it.")


@pytest.mark.parametrize(
    ("iterations", "beat", "verdict"),
    [
        (300, 400, "You have beaten 400!"),
        (400, 400, "400 is still to be beaten."),
        (1725, 0, "Better than any single rate!"),
        (1726, 0, "A rate that changes on the way can do better."),
    ],
)
def test_the_score_is_compared_with_the_dare_or_with_par(iterations: int, beat: int, verdict: str) -> None:
    text = score(iterations, 2, 1726, beat)
    assert text == f"Landed in {iterations:,} iterations, with 2 explosions. Par is 1,726. {verdict}"
