"""How a run is shown and what the lessons ask, one row each."""

import sys
from dataclasses import dataclass
from typing import Literal

from pages.settings import data, places
from pages.settings.kinds import named, on_or_off, real, several, whole
from pages.settings.model import A_SEED, MAX_SEED
from pages.settings.places import MAX_ITERATIONS
from pages.settings.row import Field, Nowhere, Pair, Pick, SideBySide, Slider, Switch, setting, wide
from pages.settings.run import RunSettings
from pages.settings.values import (
    PATH,
    has_parameters,
    numbered_parameters,
    own_watched,
    plane,
    some_rates,
    watched_names,
    whole_iterations,
)
from programs import LIBRARIES
from wording import N_, _, number

SUSPECTS = "ABCDEF"
AN_ITERATION = N_("a whole number from 0 to 100000")


@dataclass(frozen=True)
class PageSettings(RunSettings):
    """The run, how it is shown, and what the lessons ask."""

    loss_axis: str = setting(
        N_("Loss axis"),
        named("auto", "linear", "log"),
        SideBySide(lambda s: {"auto": _("by itself"), "linear": _("linear"), "log": _("logarithmic")}),
        "auto",
        help=N_("By itself it is linear while the loss fits, and logarithmic for a run that explodes."),
        kept=True,
    )
    iteration_axis: str = setting(
        N_("Iteration axis"),
        named("log", "linear"),
        SideBySide(lambda s: {"log": _("first steps wide"), "linear": _("all steps alike")}),
        lambda s: "linear" if s.live else "log",
        help=N_("Logarithmic, it shows the first ten steps and the ten-thousandth; linear, growth is a straight line."),
        kept=True,
    )
    watch: str = setting(
        N_("Upper curve"),
        named("weight", "output", "error", "sharpness", "accuracy"),
        SideBySide(watched_names),
        own_watched,
        suits=lambda s, value: value in watched_names(s),
        help=N_(
            "What zig-zags while the loss only falls: a weight, an output, or the error along the steep direction."
        ),
    )
    trail: bool = setting(
        N_("Trail"),
        on_or_off(),
        Switch(N_("Trail of the first steps")),
        True,
        help=N_("Numbered, oldest faintest."),
        matters=lambda s: s.model == "neuron" or data.original(s).n_features == 1,
        kept=True,
    )
    valley: bool = setting(
        N_("Valley"),
        on_or_off(),
        Switch(N_("Valley of the loss")),
        False,
        help=N_("The loss as a bowl, and a ball."),
        matters=lambda s: data.theory_of(s) is not None,
        kept=True,
    )
    board: bool = setting(N_("Board"), on_or_off(), Nowhere(), False, kept=True)
    tour: int = setting(N_("Tour"), whole(N_("a whole number from 0 to 4"), 0, 4), Nowhere(), 0, kept=True)
    tolerance: float = setting(
        N_("Tolerance"),
        real(N_("a number greater than zero"), low=sys.float_info.min),
        Field(wide(140)),
        lambda s: data.sensible_tolerance(data.original(s)),
        help=N_("How near is near enough."),
    )
    rows: tuple[int, ...] = setting(
        N_("More iterations"),
        several(N_("a list of at most 100 iterations from 0 to 100000"), whole_iterations),
        Field(),
        (),
        help=N_("They get a frame in the player, too."),
        title=lambda s: _("More iterations to show"),
    )
    rates: tuple[float, ...] = setting(
        N_("Learning rates"),
        several(N_("one to six numbers, zero or greater"), some_rates),
        Field(),
        places.example_rates,
        title=lambda s: _("Up to six learning rates"),
    )
    compare: str = setting(
        N_("Compare"),
        named("rates", "optimisers"),
        SideBySide(lambda s: {"rates": _("learning rates"), "optimisers": _("optimisers")}),
        "rates",
        matters=lambda s: s.more,
        kept=True,
    )
    plane: tuple[int, int] | Literal["path"] = setting(
        N_("Parameters of the surface"),
        plane(),
        Pair(numbered_parameters, PATH, N_("the path's own two directions")),
        lambda s: PATH if s.model == "network" else (1, 2),
        help=N_("The map shows two parameters, or the two directions in which the path is longest."),
        suits=has_parameters,
        matters=lambda s: data.n_parameters(s) > 2,
    )
    view: str = setting(
        N_("View"),
        named("contour", "3d"),
        SideBySide(lambda s: {"contour": _("from above"), "3d": _("in 3-D")}),
        "contour",
    )
    iteration: int = setting(N_("Iteration"), whole(AN_ITERATION, 0, MAX_ITERATIONS), Field(wide(150)), 0)
    sample: int = setting(
        N_("Sample"),
        whole(N_("the number of a sample, from 1"), 1, MAX_ITERATIONS),
        Field(wide(150)),
        lambda s: places.article_sample(data.own_units(s)),
        title=lambda s: _("Sample, up to {last}").format(last=number(data.n_trained(s))),
        suits=lambda s, value: value <= data.n_trained(s),
        matters=data.many_samples,
    )
    substep: str = setting(
        N_("Part of the step"),
        named("all", *"12345"),
        SideBySide(lambda s: {"all": _("all"), **{k: k for k in "12345"}}),
        "all",
    )
    squares: bool = setting(
        N_("Squares"),
        on_or_off(),
        Switch(N_("Residuals as squares")),
        False,
        matters=lambda s: s.loss == "squared" and data.original(s).n_features != 2,  # a plane has no room for them
    )
    digits: bool = setting(N_("Every digit"), on_or_off(), Switch(), False, help=N_("Otherwise six digits are shown."))
    parameter: int = setting(
        N_("Parameter"),
        whole(N_("the number of a parameter, from 1"), 1, 100),
        Pick(numbered_parameters),
        places.own_parameter,
        title=lambda s: _("Parameter; the others are held"),
        suits=lambda s, value: value <= data.n_parameters(s),
    )
    samples: str = setting(
        N_("Samples"),
        named("one", "all"),
        SideBySide(lambda s: {"one": _("one sample"), "all": _("all")}),
        "all",
        matters=data.many_samples,
    )
    at: float = setting(
        N_("Value of the parameter"),
        real(),
        Slider(places.ball_places, logarithmic=False, exact=150, beside=False),
        lambda s: float(data.start(s)[s.parameter - 1]),
        help=N_("The ball: move it, and see the slope change."),
    )
    suspect: str = setting(
        N_("Suspect"), named(*SUSPECTS), SideBySide(lambda s: {letter: letter for letter in SUSPECTS}), "A"
    )
    shuffle: int = setting(
        N_("Seed of the names"),
        whole(A_SEED, 0, MAX_SEED),
        Field(wide(150)),
        0,
        help=N_("Another seed shuffles the names."),
    )
    check_step: float = setting(
        N_("Step of the differences"),
        real(N_("a number from 1e-15 to 100"), 1e-15, 100.0),
        Slider(lambda s: places.CHECK_STEPS, logarithmic=True),
        data.own_check_step,
        help=N_("How far apart the two losses are taken that give the slope."),
    )
    library: str = setting(N_("Library"), named(*LIBRARIES), SideBySide(lambda s: LIBRARIES), "numpy", kept=True)
