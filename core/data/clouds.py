"""Data sets of two classes in the plane, from what a straight line tells apart to two spirals.

Each holds 100 samples of class 0, orange, and then 100 of class 1, blue. Lengths have no unit. They are rounded to
six decimals, so that they are the same on every machine.
"""

import numpy as np

from core.checks import Array, finite_number
from core.data.curves import errors
from core.data.dataset import Dataset

EACH = 100  # samples of each class
REACH = 2.5  # from the origin to the plane's edge
RADIUS = 1.2  # of each of the two clouds
MARGIN = 0.3  # between the corners of XOR and the axes
TURNS = 1.75  # of each spiral around the origin
DIAGONAL = np.array([[1.0, 1.0], [-1.0, 1.0]]) / np.sqrt(2)  # along the diagonal, and across it


def two_clouds(gap: float = 1.0, noise_seed: int = 0) -> Dataset:
    """Two even discs of radius 1.2 on the diagonal; a straight line separates them exactly when `gap` > 0.

    `gap` is the distance between their nearest points, which are samples, as are those on their far sides; so below 0
    it is how far they overlap. Raises ValueError, naming it, below -2.4, where they would have passed each other.
    """
    if finite_number("gap", gap) < -2 * RADIUS:
        raise ValueError(f"gap must not be below {-2 * RADIUS}, but is {gap}")
    rng = np.random.default_rng(noise_seed)
    centre = np.array([RADIUS + gap / 2, 0.0])
    return _classes("Two clouds", (_cloud(rng) - centre) @ DIAGONAL, (centre - _cloud(rng)) @ DIAGONAL)


def xor(noise_seed: int = 0) -> Dataset:
    """50 even points in each corner, 0.3 ≤ |x1|, |x2| ≤ 2.5; the class is 1 where x1 x2 > 0."""
    sizes = np.random.default_rng(noise_seed).uniform(MARGIN, REACH, (2 * EACH, 2))
    corners = sizes * np.repeat([[-1.0, 1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, -1.0]], EACH // 2, axis=0)
    return _classes("XOR: opposite corners", corners[:EACH], corners[EACH:])


def circles(noise_seed: int = 0) -> Dataset:
    """An even disc, of radius 1.25 and class 1, in the middle of an even ring, from radius 1.75 to 2.5."""
    rng = np.random.default_rng(noise_seed)
    return _classes("A disc in a ring", _ring(rng, 0.7 * REACH, REACH), _ring(rng, 0.0, 0.5 * REACH))


def moons(noise_seed: int = 0, noise: float = 0.1) -> Dataset:
    """Two half circles, each around one end of the other, and every point off by a normal error.

    Class 0 is (cos t, sin t) and class 1 is (1 - cos t, 0.5 - sin t) for 100 even t from 0 to π; `noise` is the error's
    standard deviation along each axis. Then all is centred, and enlarged by 5/3. Source: scikit-learn's make_moons.
    """
    angles = np.linspace(0.0, np.pi, EACH)
    upper = np.column_stack([np.cos(angles), np.sin(angles)])
    points = np.stack([upper, [1.0, 0.5] - upper]) + errors(noise, noise_seed, (2, EACH, 2))
    return _classes("Two moons", *(points - [0.5, 0.25]) * REACH / 1.5)


def spirals(noise_seed: int = 0) -> Dataset:
    """Two spirals of 1.75 turns, opposite each other; both begin in the origin, the one point they share.

    The arm of class 0 is r = 2.5 s at the angle 3.5 π s, for s = 0 and one draw in each further hundredth below 1.
    """
    rng = np.random.default_rng(noise_seed)
    return _classes("Two spirals", _arm(rng), -_arm(rng))


def _cloud(rng: np.random.Generator) -> Array:
    disc = _ring(rng, 0.0, RADIUS)
    disc[:2] = [[RADIUS, 0.0], [-RADIUS, 0.0]]
    return disc


def _ring(rng: np.random.Generator, inner: float, outer: float) -> Array:
    return _polar(np.sqrt(rng.uniform(inner**2, outer**2, EACH)), rng.uniform(0.0, 2 * np.pi, EACH))


def _arm(rng: np.random.Generator) -> Array:
    shares = (np.arange(EACH) + rng.random(EACH)) / EACH
    shares[0] = 0.0
    return _polar(REACH * shares, 2 * np.pi * TURNS * shares)


def _polar(radii: Array, angles: Array) -> Array:
    return np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])


def _classes(name: str, orange: Array, blue: Array) -> Dataset:
    return Dataset(
        name=name,
        inputs=np.round(np.concatenate([orange, blue]), 6) + 0.0,  # -0.0 becomes 0.0
        targets=np.repeat([0.0, 1.0], EACH),
        input_names=("x1", "x2"),
        input_unit="",
        target_name="class",
        target_unit="",
        start=np.zeros(3),
        learning_rate=0.5,
        iterations=200,
        class_names=("orange", "blue"),
    )
