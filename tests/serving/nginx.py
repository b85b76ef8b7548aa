"""nginx with the site that we ship, in front of a server of the app: as a user without rights, at ports of its own."""

import http.client
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.conftest import ROOT, free_port
from tests.debian import NGINX, OPENSSL, find, give, unprivileged

START_SECONDS = 30
SITE = ROOT / "deploy" / "nginx.conf"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
"""What Debian's own configuration says around a site, with everything in one folder."""
CERTIFICATE = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1")


@dataclass(frozen=True)
class Answer:
    """An answer as it arrives, not followed anywhere."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Site:
    """A running nginx: its ports with and without TLS, and its certificate."""

    port: int
    plain_port: int
    certificate: Path

    @property
    def base(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def ask(
        self, path: str, method: str = "GET", body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask through TLS, which trusts the site's own certificate and no other."""
        trusting = ssl.create_default_context(cafile=self.certificate)
        return answer(
            http.client.HTTPSConnection("127.0.0.1", self.port, context=trusting), path, method, body, headers
        )

    def ask_plainly(self, path: str) -> Answer:
        """Ask without TLS."""
        return answer(http.client.HTTPConnection("127.0.0.1", self.plain_port), path)


def answer(
    connection: http.client.HTTPConnection,
    path: str,
    method: str = "GET",
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    connection.timeout = 60
    try:
        connection.request(method, path, body or None, dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


@contextmanager
def running_nginx(app_port: int) -> Iterator[Site]:
    """Run nginx in front of the app at this port until the end of the block.

    Raises ProgramMissingError where nginx or openssl is not installed.
    """
    nginx, rights = find(NGINX), unprivileged()
    with tempfile.TemporaryDirectory(prefix="nginx") as name:
        folder = Path(name)
        site = Site(free_port(), free_port(), folder / "fullchain.pem")
        make_certificate(folder)
        (folder / "site.conf").write_text(shipped(site, app_port))
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
        give(folder, rights)
        command = [str(nginx), "-p", name, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, **rights) as process:
            try:
                wait_until_it_listens(site.port, process, folder / "error.log")
                yield site
            finally:
                process.terminate()


def make_certificate(folder: Path) -> None:
    """Make a certificate for this machine that nobody else has signed."""
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    command = [str(find(OPENSSL)), *CERTIFICATE, "-addext", "subjectAltName=IP:127.0.0.1", *files]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def shipped(site: Site, app_port: int) -> str:
    """The site as we ship it, with other ports, and the certificate where it lies."""
    text = SITE.read_text(encoding="utf-8")
    for ours, there in {
        "    listen 80;": f"    listen 127.0.0.1:{site.plain_port};",
        "    listen 443 ssl http2;": f"    listen 127.0.0.1:{site.port} ssl http2;",
        "/etc/ssl/overshoot/fullchain.pem;": f"{site.certificate};",
        "/etc/ssl/overshoot/privkey.pem;": f"{site.certificate.with_name('privkey.pem')};",
        "http://127.0.0.1:8501;": f"http://127.0.0.1:{app_port};",
    }.items():
        assert text.count(ours) == 1, f"{SITE.name} has no {ours.strip()} any more, or several"
        text = text.replace(ours, there)
    return text


def wait_until_it_listens(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until somebody may connect; fail, with what nginx wrote, when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nginx did not start:\n{log.read_text(errors='replace') if log.exists() else ''}")
