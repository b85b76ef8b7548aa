"""The garbage collector: Streamlit has it walk through everything that lives after every run, for every visitor.

That costs 70 ms for the imported modules alone, and as much again for thirty sessions. So all that lives is taken out
of its sight after each run, and shown to it only now and then.
"""

import gc
import time
from threading import Lock

EVERY = 60.0
"""Seconds after which it may look for garbage among all that lives: some 100 ms."""

_looking = Lock()
_looked_at = [-EVERY]


def spare_the_living() -> None:
    """Take all that lives out of the garbage collector's sight; now and then, let it look through all of it before."""
    if time.monotonic() - _looked_at[0] > EVERY and _looking.acquire(blocking=False):
        try:
            gc.unfreeze()
            gc.collect()
            _looked_at[0] = time.monotonic()
        finally:
            _looking.release()
    gc.freeze()
