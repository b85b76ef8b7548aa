"""What a run depends on, one row each: data, learning rate, iterations and start."""

from dataclasses import dataclass

from core.data.builtin import DATASETS
from core.schedule import constant, learning_rate_at
from pages.settings import data, places
from pages.settings.kinds import named, on_or_off, real, several, whole
from pages.settings.places import MAX_ITERATIONS
from pages.settings.row import Dial, Field, Nowhere, Pick, Slider, Switch, setting, wide
from pages.settings.schedules import nudges, schedule
from pages.settings.values import MAX_DATA, four
from wording import N_, _

MAX_SEED = 2**31 - 1
A_SEED = N_("a whole number from 0 to 2147483647")
LANDINGS = 10
NOT_NEGATIVE = N_("a number, zero or greater")


@dataclass(frozen=True)
class RunSettings:
    """The settings that make the experiment; `seed` is None where nobody chose one."""

    dataset: str = setting(
        N_("Data set"),
        named(*DATASETS),
        Pick(lambda s: {slug: _(name) for slug, name in data.dataset_names().items()}),
        "celsius",
        help=N_("What the neuron learns from. Another data set brings its own start, learning rate and iterations."),
    )
    noise: float = setting(
        N_("Noise"),
        real(NOT_NEGATIVE, low=0.0, high=MAX_DATA),
        Field(),
        10.0,
        help=N_("The standard deviation of the reading errors."),
        title=lambda s: _("Noise (°F)"),
        matters=lambda s: s.dataset == "noisy-thermometer",
    )
    noise_seed: int = setting(
        N_("Seed of the noise"),
        whole(A_SEED, 0, MAX_SEED),
        Field(),
        0,
        help=N_("Each seed gives other errors."),
        matters=lambda s: s.dataset == "noisy-thermometer",
    )
    features: tuple[float, ...] = setting(
        N_("Features"),
        several(N_("four numbers"), four),
        Field(),
        (1.0, 1.0, 1.0, 1.0),
        help=N_("The four feature values, apart by semicolons or commas."),
        matters=lambda s: s.dataset == "weighted-sum",
    )
    target: float = setting(
        N_("Target"),
        real(low=-MAX_DATA, high=MAX_DATA),
        Field(wide(80)),
        100.0,
        matters=lambda s: s.dataset == "weighted-sum",
    )
    standardise: bool = setting(
        N_("Rescale the inputs"),
        on_or_off(),
        Switch(),
        False,
        help=N_(
            "Inputs of mean 0 and standard deviation 1 make the valley of the loss round. This is called standardising."
        ),
        matters=data.averages,
    )
    summed: bool = setting(
        N_("Add up the gradient"),
        on_or_off(),
        Switch(),
        False,
        help=N_("Adds up the gradient over the samples instead of averaging it: this only rescales the learning rate."),
        matters=data.averages,
    )
    land: int = setting(N_("Land it"), whole(N_("a whole number from 0 to 10"), 0, LANDINGS), Nowhere(), 0)
    explosions: int = setting(N_("Explosions"), whole(N_("a whole number from 0 to 999"), 0, 999), Nowhere(), 0)
    beat: int = setting(N_("To beat"), whole(N_("a whole number from 0 to 100000"), 0, MAX_ITERATIONS), Nowhere(), 0)
    live: bool = setting(N_("Live"), on_or_off(), Nowhere(), lambda s: s.land > 0)
    learning_rate: tuple[tuple[int, float], ...] = setting(
        N_("Learning rate"),
        schedule(),
        Dial(),
        lambda s: constant(data.own_rate(s)),
        help=N_(
            "How far each step goes: the gradient is multiplied by it. Drag the dial, or go to it with key L: the "
            "arrow keys move it, with Shift in fine steps. A double-click on it, or key A, brings the article's rate "
            "back."
        ),
    )
    iterations: int = setting(
        N_("Iterations"),
        whole(N_("a whole number from 1 to 100000"), 0, MAX_ITERATIONS),
        Slider(lambda s: places.ITERATIONS, exact=110),
        lambda s: 0 if s.live else data.trained(s).iterations,
        help=N_("How many times forward, backward and update run."),
        suits=lambda s, value: value >= 1 or s.live,
        shown=lambda s: not s.live,
    )
    seed: int | None = setting(
        N_("Seed"), whole(A_SEED, 0, MAX_SEED), Field(wide(80)), None, shown=lambda s: s.seed is not None
    )
    weights: tuple[float, ...] = setting(
        N_("Start weights"),
        several(N_("one number for each weight")),
        Field(lambda s: 95 if data.original(s).n_features == 1 else None),
        lambda s: data.start_of(s)[: data.original(s).n_features],
        title=lambda s: _("Start weight") if data.original(s).n_features == 1 else _("Start weights"),
        suits=lambda s, values: len(values) == data.original(s).n_features,
    )
    bias: float = setting(
        N_("Start bias"),
        real(),
        Field(wide(95)),
        lambda s: data.start_of(s)[-1] if data.original(s).has_bias else 0.0,
        matters=lambda s: data.original(s).has_bias,
    )
    nudges: tuple[tuple[int, tuple[float, ...]], ...] = setting(
        N_("Nudges"),
        nudges(),
        Nowhere(),
        (),
        suits=lambda s, values: all(len(parameters) == data.n_parameters(s) for _at, parameters in values),
    )

    @property
    def rate(self) -> float:
        """The learning rate in the hand: the one in force when the run ends."""
        return learning_rate_at(self.learning_rate, self.iterations)
