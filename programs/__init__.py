"""The programs: a run in, a program out that makes the same run, in NumPy or in a library of today."""

from programs.writing import LIBRARIES, program

__all__ = ["LIBRARIES", "program"]
