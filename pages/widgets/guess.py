"""Predict first: the learner types the next weight and bias before they are revealed."""

import streamlit as st

from pages.frame.runs import parameter_names, parameters
from pages.shared.formulas import Step
from pages.shared.prediction import is_right, recognised_slip
from wording import AmbiguousNumberError, _, number, parse_number


def show_guess(step: Step) -> None:
    """Ask for the parameters after the update, and answer each guess."""
    st.subheader(_("Predict the next values"), anchor=False)
    names = parameter_names(step.run.dataset)
    with st.form(f"guess_{step.run.dataset.name}", border=True):
        with st.container(horizontal=True):
            texts = [
                st.text_input(_("next {name}").format(name=name), key=f"guess_{name}", width=140) for name in names
            ]
        asked = st.form_submit_button(_("Check"))
    if asked:
        for k, text in enumerate(texts):
            if text.strip():
                st.markdown(answer(step, k, text))


def answer(step: Step, k: int, text: str) -> str:
    """Say how good a typed guess for parameter k is, and which slip it looks like."""
    dataset = step.run.dataset
    name = parameter_names(dataset)[k]
    before, after = (parameters(dataset, neuron)[k] for neuron in (step.neuron, step.after))
    slope = [*step.gradient.weights.tolist(), step.gradient.bias][k]
    try:
        guess = parse_number(text)
    except AmbiguousNumberError as error:
        return _("{name}: that can be read in more than one way. Type it as one of these: {readings}.").format(
            name=name, readings="; ".join(error.readings)
        )
    except ValueError:
        return _("{name}: that is not a number yet. Type one such as {example}; nothing is lost.").format(
            name=name, example=number(0.5)
        )
    if is_right(guess, before, after):
        return _("{name}: right. It becomes {after}.").format(name=name, after=number(after, 8))
    slip = recognised_slip(guess, before, slope, step.run.learning_rate, dataset.n_samples)
    off = _("{name}: off by {off}.").format(name=name, off=number(guess - after))
    looks = _("It looks as if {slip}.")
    return f"{off} {looks.format(slip=_(slip))}" if slip else off
