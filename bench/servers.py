"""Applications served as `make class` serves them, and what their processes use."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
WORKERS = 2


@contextmanager
def served(app: str, port: int, workers: int = WORKERS) -> Iterator[psutil.Process]:
    """Serve an application, named as `module:variable`, and yield the process whose children are the workers."""
    code = f"from serving.__main__ import serve; serve({app!r}, '127.0.0.1', {port}, {workers})"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def processor_seconds(server: psutil.Process) -> float:
    """Return the processor time that the workers have used up to now."""
    return sum(sum(worker.cpu_times()[:2]) for worker in server.children())


def megabytes(server: psutil.Process) -> float:
    """Return the memory of the workers."""
    return float(sum(worker.memory_info().rss for worker in server.children())) / 1e6
