"""Programs that the tests start beside the app: nginx, PostgreSQL, openssl.

`find` only looks. As a script this file also installs, on Debian and as root, what is missing.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Program:
    """A program: what it is called, Debian's package, and where it may be besides on the path."""

    name: str
    package: str
    places: str


NGINX = Program("nginx", "nginx", "/usr/sbin/nginx")
OPENSSL = Program("openssl", "openssl", "/usr/bin/openssl")
INITDB = Program("initdb", "postgresql", "/usr/lib/postgresql/*/bin/initdb")
PROGRAMS = (NGINX, OPENSSL, INITDB)


class ProgramMissingError(Exception):
    """A program that a test needs is not there."""


def find(program: Program) -> Path:
    """Return the program's path; raise ProgramMissingError, saying what to install, without one."""
    found = shutil.which(program.name)
    paths = [Path(found)] if found else sorted(Path("/").glob(program.places.lstrip("/")))
    if not paths:
        raise ProgramMissingError(
            f"No {program.name} for the tests. Install {program.package} and run them again "
            f"(on Debian and Ubuntu: apt-get install {program.package})"
        )
    return paths[-1].resolve()


def missing(programs: Iterable[Program]) -> list[str]:
    """The sentence about each program that is not there."""
    sentences = []
    for program in programs:
        try:
            find(program)
        except ProgramMissingError as problem:
            sentences.append(str(problem))
    return sentences


def install(packages: Iterable[str]) -> None:
    """Install Debian's packages where this is Debian and root."""
    if sys.platform == "win32" or not Path("/etc/debian_version").exists() or os.geteuid() != 0:
        return
    names = list(dict.fromkeys(packages))
    say(f"apt-get installs {', '.join(names)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", *names]):
        subprocess.run(["apt-get", "-qq", *command], env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr)


def unprivileged(user: str = "nobody") -> dict[str, Any]:
    """What `subprocess` is to be told so that a program runs as this user where we are root; else it runs as us."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd

    known = pwd.getpwnam(user)
    return {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": []}


def give(folder: Path, rights: dict[str, Any]) -> None:
    """Let the user of `unprivileged` have a folder and what is in it."""
    if rights:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, rights["user"], rights["group"])


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    if missing(PROGRAMS):
        install(program.package for program in PROGRAMS if missing([program]))
    sentences = missing(PROGRAMS)
    for sentence in sentences:
        say(sentence)
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
