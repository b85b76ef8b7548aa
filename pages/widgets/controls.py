"""The widgets: each shows one setting, and changes it when a person moves it."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Any

import streamlit as st

from core.datasets import DATASETS
from pages.frame.runs import parameter_names
from pages.frame.session import choose, choose_typed, chosen
from pages.settings.table import (
    MAX_ITERATIONS,
    TABLE,
    Settings,
    as_text,
    is_allowed,
    make_dataset,
    trained_dataset,
)
from pages.widgets.rates import nearest, slider_limits, slider_rates
from pages.widgets.ruler import show_ruler
from wording import _, language, number

ITERATIONS = (*(m * 10**e for e in range(5) for m in (1, 2, 5)), MAX_ITERATIONS)


def run_controls(settings: Settings) -> None:
    """Show what every page about a run lets a person change."""
    dataset_control()
    learning_rate_control(settings)
    iterations_control(settings)
    data_controls(settings)
    start_controls(settings)
    gradient_controls(settings)


def dataset_control() -> None:
    """Let a person choose the data set."""
    st.selectbox(
        _("Data set"),
        list(DATASETS),
        format_func=lambda slug: _(DATASETS[slug]().name),
        help=_("What the neuron learns from. Another data set brings its own start, learning rate and iterations."),
        **bound("dataset", chosen().dataset),
    )


def learning_rate_control(settings: Settings) -> None:
    """Let a person slide the learning rate on a logarithmic scale, far past where training explodes, or type it."""
    bounds, rates = slider_limits(settings), slider_rates(settings)
    rate = settings.learning_rate or 0.0
    slider(
        "learning_rate",
        rates,
        rate,
        _("How far each step goes: the gradient is multiplied by it. The slider is logarithmic; key L goes to it."),
    )
    if math.isfinite(bounds.stable):
        show_ruler(rate, bounds, rates)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        fastest = _("★ fastest: {rate}").format(rate=number(bounds.fastest, 3))
        st.markdown(f":small[{fastest}]", width="content")
        typed("learning_rate", settings, _("Learning rate, exactly"), width=110, label_visibility="collapsed")


def plane_control(settings: Settings) -> None:
    """Let a person choose which two parameters span the surface, where there are more than two."""
    names = parameter_names(trained_dataset(settings))
    if len(names) > 2:
        pairs = list(combinations(range(1, len(names) + 1), 2))
        st.selectbox(
            _("Parameters of the surface"),
            pairs,
            format_func=lambda pair: f"{names[pair[0] - 1]}, {names[pair[1] - 1]}",
            **bound("plane", (min(settings.plane), max(settings.plane))),
        )


def view_control(settings: Settings) -> None:
    """Let a person choose between the map and the surface."""
    side_by_side("view", settings, _("View"), {"contour": _("from above"), "3d": _("in 3-D")})


def iterations_control(settings: Settings) -> None:
    """Let a person slide or type the number of iterations."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        slider(
            "iterations", ITERATIONS, settings.iterations or 1, _("How many times forward, backward and update run.")
        )
        typed("iterations", settings, _("exactly"), width=110)


def start_controls(settings: Settings) -> None:
    """Let a person set the weights and the bias before training, or draw them."""
    dataset = make_dataset(settings)
    one = dataset.n_features == 1
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        typed("weights", settings, _("Start weight") if one else _("Start weights"), width=95 if one else "stretch")
        if dataset.trains_bias:
            typed("bias", settings, _("Start bias"), width=95)
        st.button(
            _("Draw"),
            on_click=draw_start,
            help=_("Draw the start at random from 0 to 1, as the article does. The seed repeats the draw."),
            key="draw",
        )
        if settings.seed is not None:
            typed("seed", settings, _("Seed"), width=80)


def draw_start() -> None:
    """Draw a new start: with the next seed, and without anything typed before."""
    seed = chosen().seed
    choose(seed=0 if seed is None else seed + 1, weights=None, bias=None)


def data_controls(settings: Settings) -> None:
    """Let a person change what the data set itself is made from, where there is something."""
    if settings.dataset == "noisy-thermometer":
        with st.container(horizontal=True, gap="small"):
            typed("noise", settings, _("Noise (°F)"), help=_("The standard deviation of the reading errors."))
            typed("noise_seed", settings, _("Seed of the noise"), help=_("Each seed gives other errors."))
    if settings.dataset == "weighted-sum":
        with st.container(horizontal=True, gap="small"):
            typed(
                "features", settings, _("Features"), help=_("The four feature values, apart by semicolons or commas.")
            )
            typed("target", settings, _("Target"), width=80)


def loss_axis_control(settings: Settings) -> None:
    """Let a person choose the scale of the loss axis."""
    names = {"linear": _("linear"), "log": _("logarithmic")}
    about = _("A logarithmic axis shows what still happens when the curve looks flat.")
    side_by_side("loss_axis", settings, _("Loss axis"), names, help=about)


def gradient_controls(settings: Settings) -> None:
    """Let a person standardise the inputs, and sum the gradient over the samples, where this changes anything."""
    dataset = make_dataset(settings)
    if not dataset.trains_bias or dataset.n_samples == 1:
        return
    with st.container(horizontal=True, gap="small"):
        st.toggle(
            _("Standardise"),
            help=_("Inputs of mean 0 and standard deviation 1 make the valley of the loss round."),
            **bound("standardise", settings.standardise),
        )
        st.toggle(
            _("Sum"),
            help=_("Sum the gradient over the samples instead of averaging it: this only rescales the learning rate."),
            **bound("summed", settings.summed),
        )


def reset_control() -> None:
    """Let a person go back to the data set's own start, learning rate and iterations."""
    st.button(
        _("Reset"),
        on_click=reset,
        icon=":material/restart_alt:",
        key="reset",
        shortcut="0",
        help=_("The data set's own start, learning rate and iterations again."),
    )


def reset() -> None:
    """Forget everything chosen but the data set and the language."""
    choose(**{**vars(Settings()), "dataset": chosen().dataset, "lang": chosen().lang})


def choice_of_number(name: str, settings: Settings, label: str, names: Sequence[str]) -> None:
    """Show a setting that numbers something, from 1, as the names of what it numbers."""
    st.segmented_control(
        label,
        range(1, len(names) + 1),
        format_func=lambda number: names[number - 1],
        required=True,
        **bound(name, getattr(settings, name)),
    )


def linear_slider(name: str, places: tuple[float, ...], value: float, help: str) -> None:
    """Show a setting on a slider over these values, standing at the nearest one."""
    key = f"{name}_{language()}_{hash(places)}"
    _keep(key, min(places, key=lambda place: abs(place - value)))
    with st.container(key=f"{name}_slider"):
        st.select_slider(
            _(TABLE[name].label),
            places,
            key=key,
            format_func=_labels(places, language()).__getitem__,
            help=help,
            on_change=lambda: choose(**{name: st.session_state[key]}),
        )


def check_step_control(settings: Settings) -> None:
    """Let a person choose the step of the finite differences, a power of ten."""
    powers = tuple(10.0**e for e in range(-15, 3))
    linear_slider(
        "check_step", powers, settings.check_step, _("How far apart the two losses are taken that give the slope.")
    )


def with_value(settings: Settings, **values: Any) -> Settings:
    """Return the settings with other values, for a field that shows what is in force."""
    return replace(settings, **values)


def side_by_side(name: str, settings: Settings, label: str, names: dict[str, str], **options: Any) -> None:
    """Show a setting as a few named values side by side."""
    st.segmented_control(
        label,
        list(names),
        format_func=lambda value: names[value],
        required=True,
        **options,
        **bound(name, getattr(settings, name)),
    )


def typed(name: str, settings: Settings, label: str, *, width: Any = "stretch", **options: Any) -> None:
    """Show a setting as a field for exact values, in the notation of the language; `options` are st.text_input's."""
    _keep(name, as_text(getattr(settings, name)))
    st.text_input(label, key=name, width=width, on_change=lambda: choose_typed(name, st.session_state[name]), **options)


def slider(name: str, options: Sequence[Any], value: float, help: str) -> None:
    """Show a setting on a logarithmic slider over these values, standing at the nearest one."""
    # Other options or labels make another slider, which must have a name of its own to take its value.
    key = f"{name}_{language()}_{hash(options)}"
    _keep(key, nearest(options, value))
    labels = _labels(tuple(options), language())
    with st.container(key=f"{name}_slider"):
        st.select_slider(
            _(TABLE[name].label),
            options,
            key=key,
            format_func=labels.__getitem__,
            help=help,
            on_change=lambda: choose(**{name: st.session_state[key]}),
        )


@lru_cache(maxsize=64)
def _labels(options: tuple[float, ...], language: str) -> dict[float, str]:
    return {option: number(option) for option in options}


def bound(name: str, value: Any) -> dict[str, Any]:
    """Return the arguments that bind a widget to a setting: its key, its value, and what happens when it changes."""
    _keep(name, value)
    return {"key": name, "on_change": _take_over, "args": (name,)}


def _take_over(name: str) -> None:
    # When the language changes, a widget reports its old label for a value: that is no choice of anybody's.
    if is_allowed(name, st.session_state[name]):
        choose(**{name: st.session_state[name]})


def _keep(key: str, value: Any) -> None:
    """Give a widget its value, unless it has it: a needless one would undo what a quick hand does meanwhile.

    On another page a widget of the same key is another widget, which does not have it yet.
    """
    if st.session_state.get(key) != value or st.session_state.arrived:
        st.session_state[key] = value
