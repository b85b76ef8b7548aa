"""The one door to all programs: a run and the name of a library in, the program's text out."""

from collections.abc import Callable, Mapping

from core.experiment import Experiment
from core.network import Network
from core.neuron import Neuron
from core.training import History
from programs.in_jax import jax_program
from programs.in_numpy import numpy_program
from programs.in_pytensor import pytensor_program
from programs.in_pytorch import pytorch_program

LIBRARIES = {"numpy": "NumPy", "pytensor": "PyTensor", "pytorch": "PyTorch", "jax": "JAX"}
WRITERS: Mapping[str, Callable[[Experiment], str]] = {
    "numpy": numpy_program,
    "pytensor": pytensor_program,
    "pytorch": pytorch_program,
    "jax": jax_program,
}


def program(history: History, library: str) -> str:
    """Return a program that makes the same run, in the language spoken; `library` is a key of LIBRARIES.

    It leaves the arrays `parameters` and `loss` behind. That of NumPy has the history's numbers to the last bit, on the
    same machine. Raises KeyError for another library, and ValueError where the model is a suspect of a lesson.
    """
    if type(history.experiment.model) not in (Neuron, Network):
        raise ValueError(f"only a Neuron or a Network has a program, not a {type(history.experiment.model).__name__}")
    return WRITERS[library](history.experiment)
