"""The browser of the browser tests: Debian's without a window, else one that is installed, else Playwright's own.

`find` only looks. As a script this file also installs a browser where there is none, and says which one is used.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import debian
from tests.debian import say

# The first two let the browser run as root in a container; the others keep it quiet: no greeting, no calls of its own.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SHELL = "chromium-headless-shell"
"""Chromium without the windows that nobody looks at: tests take less time in it. Debian has a package of it."""

NAMES = (
    SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
PLACES = (
    "/usr/bin/chromium",
    "/opt/google/chrome/chrome",
    "/opt/microsoft/msedge/msedge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PLACES = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
DOWNLOAD_SECONDS = 300
MISSING = (
    "No browser for the browser tests. Install one of these and run the tests again: Chromium, Chrome or Edge "
    "(on Debian: apt-get install chromium), or Playwright's own (python -m playwright install chromium). "
    "One in an unusual place is named by the environment variable CHROMIUM_PATH."
)


class BrowserMissingError(Exception):
    """There is no browser that starts."""


def find() -> str:
    """Return the path of a browser that starts; raise BrowserMissingError, saying what to install, without one."""
    chosen = os.environ.get("CHROMIUM_PATH")
    if chosen and not version(chosen):
        raise BrowserMissingError(f"CHROMIUM_PATH names {chosen}, which is not a browser that starts")
    for path in [chosen] if chosen else candidates():
        if version(path):
            return path
    raise BrowserMissingError(MISSING)


def candidates() -> Iterator[str]:
    """Every path where a browser may be, the likeliest first."""
    yield from filter(None, map(shutil.which, NAMES))
    yield from PLACES
    for root in filter(None, map(os.environ.get, WINDOWS_ROOTS)):
        yield from (str(Path(root, place)) for place in WINDOWS_PLACES)
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    yield downloaded


def version(path: str) -> str:
    """What the browser calls itself, or an empty string when there is none or it does not start."""
    if not Path(path).is_file():
        return ""
    if sys.platform == "win32":
        return Path(path).stem  # there --version opens a window
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def find_or_install() -> str:
    """Return the path of a browser that starts, after installing one where that is needed and possible."""
    if not os.environ.get("CHROMIUM_PATH"):
        if not shutil.which(SHELL):
            debian.install([SHELL])
        for install in (download, install_on_debian):
            try:
                return find()
            except BrowserMissingError:
                install()
    return find()


def download() -> None:
    """Let Playwright download its own browser, for a limited time: where it cannot, it may try for very long."""
    say(f"No browser yet: Playwright tries to download one, for at most {DOWNLOAD_SECONDS} seconds")
    command = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    # In a session of its own, so that the time limit also ends the programs it starts.
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True) as process:
        try:
            process.wait(DOWNLOAD_SECONDS)
        except BaseException as problem:
            kill_group(process)
            if not isinstance(problem, subprocess.TimeoutExpired):
                raise


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process and, where the system knows groups, all that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def install_on_debian() -> None:
    """Install Debian's Chromium where this is Debian and root."""
    debian.install(["chromium"])


def main() -> int:
    try:
        path = find_or_install()
    except BrowserMissingError as problem:
        say(str(problem))
        return 1
    print(f"The browser tests use {version(path)}, {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
