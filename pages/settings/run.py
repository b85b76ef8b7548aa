"""What else a run depends on, one row each: learning rate, iterations and start."""

from dataclasses import dataclass

from core.schedule import constant, learning_rate_at
from pages.settings import data, places
from pages.settings.kinds import on_or_off, real, several, whole
from pages.settings.learner import is_adaptive
from pages.settings.model import A_SEED, MAX_SEED, ModelSettings
from pages.settings.places import MAX_ITERATIONS
from pages.settings.row import Dial, Field, Nowhere, Slider, Switch, setting, wide
from pages.settings.schedules import nudges, schedule
from wording import N_, _

LANDINGS = 10


@dataclass(frozen=True)
class RunSettings(ModelSettings):
    """The settings that make the experiment; `seed` is None where nobody chose one."""

    standardise: bool = setting(
        N_("Rescale the inputs"),
        on_or_off(),
        Switch(),
        False,
        help=N_(
            "Inputs of mean 0 and standard deviation 1 make the valley of the loss round. This is called standardising."
        ),
        matters=lambda s: data.averages(s) and s.model == "neuron",
    )
    summed: bool = setting(
        N_("Add up the gradient"),
        on_or_off(),
        Switch(),
        False,
        help=N_("Adds up the gradient over the samples instead of averaging it: this only rescales the learning rate."),
        matters=lambda s: data.averages(s) and not is_adaptive(s),
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
        lambda s: 0 if s.live else data.own_iterations(s),
        help=N_("How many times forward, backward and update run."),
        suits=lambda s, value: value >= 1 or s.live,
        shown=lambda s: not s.live,
    )
    seed: int | None = setting(
        N_("Seed"),
        whole(A_SEED, 0, MAX_SEED),
        Field(wide(80)),
        data.own_seed,
        shown=lambda s: s.seed is not None,
    )
    weights: tuple[float, ...] = setting(
        N_("Start weights"),
        several(N_("one number for each weight")),
        Field(lambda s: 95 if data.n_weights(s) == 1 else None),
        lambda s: data.start_of(s)[: data.n_weights(s)],
        title=lambda s: _("Start weight") if data.n_weights(s) == 1 else _("Start weights"),
        suits=lambda s, values: len(values) == data.n_weights(s),
        shown=lambda s: s.model == "neuron",
    )
    bias: float = setting(
        N_("Start bias"),
        real(),
        Field(wide(95)),
        lambda s: data.start_of(s)[-1] if data.original(s).has_bias else 0.0,
        matters=lambda s: data.original(s).has_bias,
        shown=lambda s: s.model == "neuron",
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
