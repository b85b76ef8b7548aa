"""What the suspects do: a sentence for each, what is to be known to read their code, and what they teach together."""

from core.experiment import Model
from core.lesson.suspects import SUSPECTS, line_up
from core.losses import CrossEntropy, Huber, Loss
from core.network import Network
from wording import _, number


def stories() -> dict[str, str]:
    """Return what each suspect of any line-up does."""
    return {
        "as-derived": _("This is the one that the chain rule gives, and that this app uses."),
        "listing": _("This is the article's published listing: it multiplies by the output instead of the input."),
        "sign": _("It takes the residual the wrong way round, and so goes uphill."),
        "missing-sum": _("It does not add up: only the last sample counts."),
        "missing-two": _("The factor 2 is missing: the direction is right, and the steps are half as long."),
        "bias-inputs": _("The bias's gradient is multiplied by the inputs, as if the bias were a weight."),
        **_of_losses(),
        **_of_networks(),
    }


def _of_losses() -> dict[str, str]:
    return {
        "missing-mean": _(
            "It adds up instead of averaging: the direction is right, and the steps are as many times as long as there "
            "are samples. With so much smaller a learning rate it is the right one; Adam does not even notice."
        ),
        "slope-twice": _(
            "It multiplies by the slope p (1 − p) of the sigmoid, which p − target already holds: so a sure mistake, "
            "where p is nearly 0 or 1, is hardly corrected. From a start of zero, where every p is one half, it looks "
            "only rescaled."
        ),
        "class": _(
            "It takes the class that it guesses, 0 or 1, for the probability: the perceptron of 1958. Samples on the "
            "right side teach it nothing, and so it never becomes sure."
        ),
        "never-clipped": _("It follows the square of the errors, so outliers pull as hard as ever."),
        "signs": _("It follows the sign of each error alone: near the best its steps do not become shorter."),
        "extra-two": _("It has a factor 2 too many, that of the squared error: the steps are twice as long."),
    }


def _of_networks() -> dict[str, str]:
    return {
        "missing-slope": _(
            "It forgets the slope of the activation on its way to the first layer, as if no hidden neuron ever bent."
        ),
        "transposed": _(
            "It multiplies the other way round, and reshapes what does not fit: every number is right, but most of "
            "them land at another weight."
        ),
        "weighted-sums": _(
            "It multiplies by the weighted sums, before the activation, instead of by what the hidden neurons say: a "
            "wrong input, as in the article's listing."
        ),
    }


def agrees_by_chance(model: Model, loss: Loss) -> str:
    """Say what to try where a wrong suspect agrees with the differences."""
    if line_up(model, loss) is SUSPECTS:
        return _("With these data it happens to agree. Choose another data set to see it fail.")
    return _("Here it happens to agree: from another start, on other data or with another activation it fails.")


def how_to_read(model: Model, loss: Loss) -> str:
    """Say what the names in the code mean, where the words alone do not."""
    if isinstance(model, Network):
        return _(
            "`first` holds the weights into the hidden neurons, a column for each neuron and a row for each input, the "
            "biases in the last row; `second` the weights into the output. `inputs` ends with a column of ones, and "
            "`hidden` is what the hidden neurons say."
        )
    if isinstance(loss, CrossEntropy):
        return _("`outputs` are the weighted sums; `sigmoid` makes the probability of class 1 of them.")
    if isinstance(loss, Huber):
        return _("`delta` is where the loss becomes linear: {delta}.").format(delta=number(loss.delta))
    return ""


def moral(model: Model, loss: Loss) -> str:
    """Tell what happened to the article's listing, or what other suspects teach."""
    if line_up(model, loss) is SUSPECTS:
        return _(
            "The article derives the gradient of the weight with the input, and its published listing multiplies by "
            "the output. The picture convinced everyone for years: the line lands so near that nobody looked twice. "
            "What gives it away: after the article's iterations the weight is 1.873 and not 1.8, and from a start "
            "weight of −0.1 the same code explodes. A wrong factor, 2 or the number of samples, only rescales the "
            "learning rate; a wrong input is a wrong direction. A gradient check takes three lines, and would have "
            "found it on the first day."
        )
    return _(
        "A loss that falls proves nothing: a wrong gradient leads downhill, too, as long as it is less than a right "
        "angle away from the right one. And a loss that explodes proves nothing either: a gradient that is only "
        "rescaled wants another learning rate. A gradient check tells them apart, weight by weight: two losses for "
        "each, from a start drawn at random, where nothing is zero or equal by chance."
    )
