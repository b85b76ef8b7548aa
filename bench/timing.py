"""Measuring several things side by side, so that a noisy machine disturbs them alike."""

import statistics
import time
from collections.abc import Callable, Mapping


def side_by_side(candidates: Mapping[str, Callable[[], object]], rounds: int = 9) -> dict[str, float]:
    """Return the median processor time of each candidate, in ms, run in turn; one round before counting."""
    times: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds + 1):
        for name, run in candidates.items():
            started = time.process_time()
            run()
            times[name].append(1000 * (time.process_time() - started))
    return {name: statistics.median(counted[1:]) for name, counted in times.items()}


def report(title: str, values: Mapping[str, float], unit: str, against: str) -> None:
    """Print each value, and its ratio to the one it is measured `against`."""
    print(f"\n{title}")
    for name, value in values.items():
        print(f"  {name:<58} {value:9.2f} {unit:<4} {value / values[against]:7.2f} x")
