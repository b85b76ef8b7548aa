"""The last questions of the worksheet: many answers, a check of a gradient, corners, and the edge of stability."""

from core.lesson.variant import NUDGE, Variant
from telling.worksheet.drawings import corners
from telling.worksheet.room import Question, blanks, boxes, lines, row, said
from wording import _, number


def answering(variant: Variant) -> Question:
    """Ask where four weights are led."""
    text = _(
        "Four weights shall add up to {target}. They begin at {start}, and each step moves all four by the same. Where "
        "do they end?"
    )
    target = number(sum(variant.end_of_sum))
    start, end = ("; ".join(map(number, weights)) for weights in (variant.start_of_sum, variant.end_of_sum))
    return Question(text.format(target=target, start=start), lines(1), said(end))


def checking(variant: Variant) -> Question:
    """Ask whether a program's slope is right."""
    weight, parabola = variant.start[0], variant.parabola
    text = _(
        "The loss is {above} at the weight {more} and {below} at the weight {less}. Half-way a program finds the slope "
        "{claim}. Is it right?"
    )
    places = {"more": weight + NUDGE, "less": weight - NUDGE}
    values = {"above": float(parabola.loss(places["more"])), "below": float(parabola.loss(places["less"]))}
    slope = (values["above"] - values["below"]) / (2 * NUDGE)
    words = [_("right"), _("wrong")]
    name = _("(difference of the losses) / {width}").format(width=number(2 * NUDGE))
    return Question(
        text.format(
            **{key: number(value) for key, value in places.items()},
            **{key: number(value, 7) for key, value in values.items()},
            claim=number(variant.claim, 5),
        ),
        row(blanks([name]), boxes(words)),
        said(f"{number(slope, 5)}; {words[int(not variant.claim_is_right)]}"),
    )


def separating(variant: Variant) -> Question:
    """Ask whether one straight line separates four corners."""
    text = _(
        "One neuron draws one straight line. Can it separate the filled corners from the empty ones? Draw it, or say "
        "why not."
    )
    found = _("Yes, as opposite corners differ: one straight line does.")
    if not variant.is_separable:
        found = _("No, opposite corners are alike: it takes a hidden layer.")
    return Question(
        text, f'<div class="row">{corners(variant.corners)}<div class="beside">{lines(2)}</div></div>', said(found)
    )


def at_the_edge(variant: Variant) -> Question:
    """Ask on which side of the edge a network is."""
    text = _(
        "A network trains at the learning rate {rate}. Somewhere the loss curves {sharpness}. The edge of stability "
        "lies at 2 / learning rate. On which side of it is the network, and where will it go?"
    )
    edge = 2 / variant.rate_of_network
    words = [_("below"), _("beyond")]
    found = _("edge = {edge}; {side}. It goes to the edge by itself, where its steps can carry it there.")
    side = words[int(variant.sharpness > edge)]
    return Question(
        text.format(rate=number(variant.rate_of_network), sharpness=number(variant.sharpness)),
        row(blanks([_("edge")]), boxes(words)) + lines(1),
        said(found.format(edge=number(edge), side=side)),
    )
