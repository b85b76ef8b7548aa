"""The same run in the libraries of today, beside our three functions."""

import pytest

from core.training import train
from pages.settings.data import experiment_of
from programs import LIBRARIES, program
from tests.pages.visit import Visit

TAB = "In the libraries"


def codes(visit: Visit) -> list[str]:
    return [str(block.value) for block in visit.app.code]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_program_of_the_library_that_is_chosen_stands_beside_forward_backward_and_update(library: str) -> None:
    visit = Visit("train").open_tab(TAB).pick("library", library)
    *ours, shown = codes(visit)
    assert [code.splitlines()[0].split("(")[0] for code in ours] == ["def forward", "def backward", "def update"]
    assert shown.strip() == program(train(experiment_of(visit.settings)), library).strip()


def test_a_link_shows_the_library_again() -> None:
    visit = Visit("train").open_tab(TAB).pick("library", "jax")
    assert visit.address["library"] == "jax"
    assert "import jax" in codes(Visit("train", **visit.address).open_tab(TAB))[-1]


def test_the_library_is_kept_on_other_data() -> None:
    visit = Visit("train", library="pytorch").pick("dataset", "tips").open_tab(TAB)
    assert "import torch" in codes(visit)[-1]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"library": "numpy"}, "All three stand in the program as they are."),
        ({"library": "pytensor"}, "`pt.grad(cost, …)`"),
        ({"library": "pytorch"}, "`cost.backward()`"),
        ({"library": "jax"}, "`jax.grad(mean_loss)`"),
        ({"library": "pytorch", "optimiser": "momentum", "more": "on"}, "`optimiser.step()`"),
        (
            {"library": "pytorch", "optimiser": "momentum", "more": "on", "learning_rate": "0:0.0001,50:0.00001"},
            "Written out in the program: a comment says why.",
        ),
    ],
)
def test_it_is_said_what_takes_a_function_s_place(address: dict[str, str], said: str) -> None:
    visit = Visit("train", **address).open_tab(TAB)
    assert [text for text in (str(block.value) for block in visit.app.markdown) if said in text]


@pytest.mark.parametrize("dataset", ["weighted-sum", "xor", "sine", "iris"])
def test_every_kind_of_data_has_its_program_on_the_page(dataset: str) -> None:
    visit = Visit("train", dataset=dataset, library="pytensor", iterations="20", locale="tr").open_tab("Kitaplıklarda")
    assert "import pytensor" in codes(visit)[-1]
