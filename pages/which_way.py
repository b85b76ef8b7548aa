"""Which way? One parameter on its parabola: should it become larger or smaller, and how far does the step go?"""

import numpy as np
import streamlit as st

from charts.parabola import Parabola, parabola_figure
from core.surface import line
from pages.frame.lesson import opening, tasks
from pages.frame.runs import Run, one_sample, parameter_names, parameters, run_of
from pages.frame.session import choose, chosen
from pages.frame.shell import open_app_around_page
from pages.player.player import Picture, player
from pages.settings.kinds import MAX_NUMBER
from pages.settings.table import Settings, complete
from pages.shared.tables import html_table
from pages.widgets import controls
from wording import _, number

SMALL_STEP = 0.05
"""The step left and right that is shown in numbers, as a share of the picture's width."""
PLACES = 81
FAR = 1e100
"""A start farther away than this is not in the picture."""


def parabola_of(run: Run, settings: Settings) -> Parabola:
    dataset = run.dataset if settings.samples == "all" else one_sample(run.dataset, (settings.sample or 1) - 1)
    best, least, curvature = line(dataset, run.start, settings.parameter - 1)
    return Parabola(best, least, curvature * run.summands)


def span_of(parabola: Parabola, start: float) -> tuple[float, float]:
    distance = abs(start - parabola.best)
    half = 1.5 * (distance if 0 < distance < FAR else abs(parabola.best) or 1.0)
    return parabola.best - half, parabola.best + half


def show_controls(settings: Settings, run: Run, span: tuple[float, float], start: float, now: float) -> None:
    controls.dataset_control()
    names = parameter_names(run.dataset)
    controls.choice_of_number("parameter", settings, _("Parameter; the others are held"), names)
    if run.dataset.n_samples > 1:
        controls.side_by_side("samples", settings, _("Samples"), {"one": _("one sample"), "all": _("all")})
    if settings.samples == "one" and run.dataset.n_samples > 1:
        controls.typed(
            "sample", settings, _("Sample, up to {last}").format(last=number(run.dataset.n_samples)), width=150
        )
    middle = start if span[0] <= start <= span[1] else sum(span) / 2
    grid = middle + (span[1] - span[0]) / PLACES * np.arange(-PLACES, PLACES)
    places = tuple(dict.fromkeys(float(f"{place:.6g}") for place in grid if span[0] <= place <= span[1]))
    controls.linear_slider("at", places, now, _("The ball: move it, and see the slope change."))
    controls.typed("at", controls.with_value(settings, at=now), _("exactly"), width=150)
    controls.learning_rate_control(settings)
    controls.start_controls(settings)
    controls.reset_control()


def show_question(parabola: Parabola, now: float, name: str) -> bool:
    """Ask for the direction first; return whether it has been answered for this place."""
    place = (name, now, parabola)
    question = _("The {name} is {now}, the loss {loss}, the slope there {slope}. Should the {name} grow or shrink?")
    st.subheader(
        question.format(
            name=name, now=number(now), loss=number(float(parabola.loss(now))), slope=number(parabola.slope(now))
        ),
        anchor=False,
    )
    with st.container(horizontal=True):
        st.button(_("← smaller"), key="smaller", on_click=give_answer, args=(place, -1))
        st.button(_("larger →"), key="larger", on_click=give_answer, args=(place, 1))
    given = st.session_state.get("direction")
    if not given or given[0] != place:
        return False
    right = -np.sign(parabola.slope(now))
    if right == 0:
        st.markdown(_("Neither: the slope is zero. This is the bottom of the valley."))
    elif given[1] == right:
        st.markdown(_("Right: against the sign of the slope, downhill."))
    else:
        st.markdown(_("Not this way: that goes uphill. A positive slope means that growing makes the loss grow."))
    return True


def give_answer(place: object, direction: int) -> None:
    st.session_state.direction = (place, direction)


def take_step(landing: float) -> None:
    choose(at=min(max(landing, -MAX_NUMBER), MAX_NUMBER))


def step_sentence(parabola: Parabola, now: float, rate: float) -> str:
    landing = now - rate * parabola.slope(now)
    text = _("The step is −{rate} · {slope} = {step}: it lands at {landing}.").format(
        rate=number(rate),
        slope=number(parabola.slope(now)),
        step=number(-rate * parabola.slope(now)),
        landing=number(landing),
    )
    if (landing - parabola.best) * (now - parabola.best) >= 0:
        return text
    if abs(landing - parabola.best) > abs(now - parabola.best):
        return text + " " + _("On the other side of the valley and farther away: it explodes.")
    return text + " " + _("On the other side of the valley: it overshoots.")


def nearby_table(parabola: Parabola, now: float, span: tuple[float, float], name: str) -> str:
    small = SMALL_STEP * (span[1] - span[0])
    places = (now - small, now, now + small)
    rows = [
        (
            number(p, 6),
            number(float(parabola.loss(p)), 6),
            number(float(parabola.loss(p) - parabola.loss(now)), 6),
            number(parabola.slope(p), 6),
        )
        for p in places
    ]
    return html_table(_("A small step to either side"), [name, _("loss"), _("change of the loss"), _("slope")], rows)


open_app_around_page()
settings = complete(chosen())
run = run_of(chosen())
parabola = parabola_of(run, settings)
start = parameters(run.dataset, run.start)[settings.parameter - 1]
span = span_of(parabola, start)
now = settings.at if settings.at is not None else start
name = parameter_names(run.dataset)[settings.parameter - 1]
st.title(_("Which way should the {name} go, and how far?").format(name=name), anchor=False)
opening(
    _(
        "The article asks: the weight is 0.8 and the loss is 123.45, should the weight become 0.9 or 0.7? The slope of "
        "the loss answers: its sign says which way, its size how steeply, and the learning rate says how far to go. "
        "Answer first, then see."
    )
)
left, right = st.columns([1, 3], gap="medium")
with left, st.container(key="controls"):
    show_controls(settings, run, span, start, now)
with right, st.container(key="picture"):
    answered = show_question(parabola, now, name)
    landing = now - run.learning_rate * parabola.slope(now) if answered else None
    figure = parabola_figure(parabola, now, span, name, landing=landing)
    player(
        [
            Picture(
                figure, _("The loss over the {name}: a parabola, the ball on it, and its tangent.").format(name=name)
            )
        ],
        key="which_way",
        height=360,
    )
    if answered:
        st.markdown(step_sentence(parabola, now, run.learning_rate))
        st.button(_("Take the step"), key="take_step", on_click=take_step, args=(landing,))
    st.html(nearby_table(parabola, now, span, name))
tasks(
    [
        (
            _("The article's question: one sample, 42 degrees to 107.6, weight 0.8, loss 123.45. 0.9 or 0.7?"),
            {"samples": "one", "sample": "93", "weights": "0.8", "bias": "62.88919449"},
        ),
        (_("From far away and from near: move the ball towards the bottom. What does the slope do?"), {"at": "1.7"}),
        (_("The bias's valley is flat: at the same learning rate its steps are tiny."), {"parameter": "2"}),
        (_("Too large a learning rate: where does the step land?"), {"learning_rate": "0.0015"}),
    ],
    "which_way",
)
