"""What is learned from, and what learns it, one row each: data set, model, loss, optimiser, batches, held-out part.

All but the data set appear only once "More neurons" is opened.
"""

from dataclasses import dataclass

from core.activations import ACTIVATIONS
from core.data.builtin import DATASETS
from core.data.more import MORE_DATASETS
from core.data.own import STARTER, OwnData
from core.optimisers import OPTIMISERS
from pages.settings import data, learner, places
from pages.settings.kinds import named, on_or_off, real, several, whole
from pages.settings.own import own_table
from pages.settings.row import Field, Nowhere, Pick, SideBySide, Slider, setting, wide
from pages.settings.values import (
    MAX_DATA,
    activation_names,
    dataset_names,
    four,
    is_of_lines,
    loss_names,
    model_names,
    muted_neurons,
    optimiser_names,
)
from wording import N_, _

MAX_SEED = 2**31 - 1
A_SEED = N_("a whole number from 0 to 2147483647")
NOT_NEGATIVE = N_("a number, zero or greater")
MAX_HIDDEN = 16


@dataclass(frozen=True)
class ModelSettings:
    """The data and what learns from them."""

    dataset: str = setting(
        N_("Data set"),
        named(*DATASETS, *MORE_DATASETS, learner.OWN),
        Pick(dataset_names),
        "celsius",
        help=N_("What the neuron learns from. Another data set brings its own start, learning rate and iterations."),
    )
    own: OwnData = setting(
        N_("Your data"), own_table(), Nowhere(), STARTER, matters=lambda s: data.has_option(s, learner.OWN)
    )
    noise: float = setting(
        N_("Noise"),
        real(NOT_NEGATIVE, low=0.0, high=MAX_DATA),
        Field(),
        lambda s: 0.1 if s.dataset in MORE_DATASETS else 10.0,
        help=N_("The standard deviation of the errors."),
        title=lambda s: _("Noise (°F)") if s.dataset == "noisy-thermometer" else _("Noise"),
        matters=lambda s: data.has_option(s, "noise"),
    )
    noise_seed: int = setting(
        N_("Seed of the data"),
        whole(A_SEED, 0, MAX_SEED),
        Field(),
        0,
        help=N_("Each seed draws other data."),
        matters=lambda s: data.has_option(s, "noise_seed"),
    )
    features: tuple[float, ...] = setting(
        N_("Features"),
        several(N_("four numbers"), four),
        Field(),
        (1.0, 1.0, 1.0, 1.0),
        help=N_("The four feature values, apart by semicolons or commas."),
        matters=lambda s: data.has_option(s, "features"),
    )
    target: float = setting(
        N_("Target"),
        real(low=-MAX_DATA, high=MAX_DATA),
        Field(wide(80)),
        100.0,
        matters=lambda s: data.has_option(s, "target"),
    )
    gap: float = setting(
        N_("Gap"),
        real(N_("a number from −2.4 to 10"), low=-2.4, high=10.0),
        Slider(lambda s: places.GAPS, logarithmic=False, exact=80),
        1.0,
        help=N_("How far the two clouds are apart; below zero they overlap."),
        matters=lambda s: data.has_option(s, "gap"),
    )
    more: bool = setting(
        N_("More neurons"),
        on_or_off(),
        Nowhere(),
        lambda s: s.dataset in MORE_DATASETS or (s.dataset == learner.OWN and bool(s.own.class_names)),
        suits=lambda s, value: value or is_of_lines(s.dataset),
        kept=True,
    )
    model: str = setting(
        N_("Model"),
        named("neuron", "network"),
        SideBySide(model_names),
        lambda s: learner.own_model(s.dataset),
        help=N_("One neuron, or a layer of hidden neurons and one that weighs what they say."),
        suits=lambda s, value: value in model_names(s),
        matters=lambda s: s.more,
    )
    hidden: int = setting(
        N_("Hidden neurons"),
        whole(N_("a whole number from 1 to 16"), 1, MAX_HIDDEN),
        Slider(lambda s: places.HIDDEN, logarithmic=False),
        lambda s: learner.recipe_of(s).n_hidden,
        matters=lambda s: s.model == "network",
    )
    activation: str = setting(
        N_("Activation"),
        named(*ACTIVATIONS),
        SideBySide(activation_names),
        "tanh",
        help=N_(
            "What a hidden neuron makes of its weighted sum. Without any, all of them together are one straight line."
        ),
        matters=lambda s: s.model == "network",
    )
    loss: str = setting(
        N_("Loss"),
        named("squared", "huber", "cross-entropy"),
        Pick(loss_names),
        lambda s: "cross-entropy" if data.original(s).has_classes else "squared",
        suits=lambda s, value: value in loss_names(s),
        matters=lambda s: s.more,
    )
    delta: float = setting(
        N_("Where it becomes linear"),
        real(N_("a number greater than zero"), low=1e-12, high=MAX_DATA),
        Field(wide(150)),
        1.0,
        help=N_("Errors beyond this pull no harder than that."),
        matters=lambda s: s.loss == "huber",
    )
    optimiser: str = setting(
        N_("Optimiser"),
        named(*OPTIMISERS),
        Pick(optimiser_names),
        lambda s: learner.own_optimiser(s),
        help=N_("What a step makes of the gradient."),
        matters=lambda s: s.more,
    )
    momentum: float = setting(
        N_("Momentum"),
        real(N_("a number from 0 to 0.999"), low=0.0, high=0.999),
        Slider(lambda s: places.MOMENTA, logarithmic=False, exact=80),
        0.9,
        help=N_("Which part of the last move is added to the next."),
        matters=lambda s: s.optimiser in ("momentum", "nesterov"),
    )
    held_out: float = setting(
        N_("Held-out part"),
        real(N_("a number from 0 to 0.9"), low=0.0, high=0.9),
        Slider(lambda s: places.HELD_OUT, logarithmic=False),
        0.0,
        help=N_("A share of the samples that training never sees."),
        matters=lambda s: s.more and data.many_samples(s),
    )
    held_out_seed: int = setting(
        N_("Seed of the held-out part"),
        whole(A_SEED, 0, MAX_SEED),
        Field(wide(150)),
        0,
        matters=lambda s: s.held_out > 0,
    )
    batch: int = setting(
        N_("Batch size"),
        whole(N_("a whole number from 1 to the number of samples"), 1, 10_000),
        Slider(places.batch_sizes, exact=80),
        lambda s: data.n_trained(s),
        help=N_("How many samples a step sees. All of them, or some, shuffled anew for each epoch."),
        suits=lambda s, value: value <= data.n_trained(s),
        matters=lambda s: s.more and data.many_samples(s),
    )
    batch_seed: int = setting(
        N_("Seed of the batches"),
        whole(A_SEED, 0, MAX_SEED),
        Field(wide(150)),
        0,
        help=N_("Each seed shuffles another way."),
        matters=lambda s: s.batch < data.n_trained(s),
    )
    muted: tuple[int, ...] = setting(
        N_("Neurons left out"),
        several(N_("the numbers of some hidden neurons"), muted_neurons, MAX_HIDDEN),
        Field(),
        (),
        help=N_("Their numbers, or a click on them in the network's picture."),
        suits=lambda s, values: all(value <= s.hidden for value in values),
        matters=lambda s: s.model == "network",
    )
