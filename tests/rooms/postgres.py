"""A PostgreSQL of a test's own, in a folder that vanishes with it; nobody else can reach it."""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.debian import INITDB, find, give, unprivileged

OWNER = "postgres"
"""Who runs the server where we are root, which PostgreSQL refuses to be; Debian's package brings this user along."""
AS_IS = ("-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
"""Who reaches the socket may do everything; nothing depends on the language of this machine."""
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
"""What is lost when the power fails need not be kept."""


@contextmanager
def running_postgres() -> Iterator[str]:
    """Run a server until the end of the block; yield the URL under which SQLAlchemy finds its empty database.

    It listens at a socket in its folder only. Raises ProgramMissingError where PostgreSQL is not installed.
    """
    programs, rights = find(INITDB).parent, unprivileged(OWNER)
    with tempfile.TemporaryDirectory(prefix="postgres") as name:
        folder = Path(name)
        give(folder, rights)
        at = ["-D", str(folder / "data")]
        run([str(programs / "initdb"), *at, *AS_IS, "-U", OWNER], folder, rights)
        control = [str(programs / "pg_ctl"), *at, "-w"]
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {QUICK}"
        run([*control, "-l", str(folder / "log.txt"), "-o", options, "start"], folder, rights)
        try:
            yield f"postgresql+psycopg://{OWNER}@/postgres?host={folder}"
        finally:
            run([*control, "-m", "immediate", "stop"], folder, rights)


def run(command: Sequence[str], folder: Path, rights: dict[str, Any]) -> None:
    """Run one of PostgreSQL's programs in the folder; fail with what it says."""
    said = folder / "said.txt"  # a file, for what it starts would keep a pipe open
    with said.open("wb") as output:
        streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
        ended = subprocess.run(command, cwd=folder, **streams, **rights)
    if ended.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{said.read_text(errors='replace')}")
