"""The two proxies an administrator may put before the service, each as deploy/ has it, on ports of a test."""

import http.client
import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.operations.serving import ROOT, free_port, wait_for

DEPLOY = ROOT / "deploy"
NAME = "sitting.example.kg"


@dataclass(frozen=True)
class Proxy:
    """A running proxy: its two ports, its folder and the log it writes."""

    plain: int
    secure: int
    folder: Path
    log: Path

    def ask(
        self, method: str, address: str, body: bytes | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        """Ask over TLS, trusting the certificate of this test alone."""
        connection = http.client.HTTPSConnection(
            "localhost", self.secure, context=self.trusting(), timeout=30
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, address, body, {"Host": NAME, **named})
        answer = connection.getresponse()
        # http.client's answer has no text of its own: it is set here and read by the tests.
        answer.text = answer.read().decode()  # type: ignore[attr-defined]
        connection.close()
        return answer

    def trusting(self) -> ssl.SSLContext:
        """Return what trusts the certificate of this test."""
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))


@contextmanager
def nginx(folder: Path, service: int) -> Iterator[Proxy]:
    """Run nginx before a service."""
    proxy = Proxy(free_port(), free_port(), folder, folder / "budgetproto.log")
    configuration = _nginx_site(proxy, service)
    command = [shutil.which("nginx") or "/usr/sbin/nginx", "-p", str(folder), "-c", str(configuration)]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with _running([*command, "-g", "daemon off;"], proxy):
        yield proxy


@contextmanager
def caddy(folder: Path, service: int) -> Iterator[Proxy]:
    """Run Caddy before a service; the certificate is the test's own, since nobody outside would give one."""
    proxy = Proxy(free_port(), free_port(), folder, folder / "budgetproto.log")
    configuration = _caddy_site(proxy, service)
    command = [shutil.which("caddy") or "/usr/bin/caddy", "run", "--adapter", "caddyfile"]
    with _running([*command, "--config", str(configuration)], proxy):
        yield proxy


@contextmanager
def _running(command: list[str], proxy: Proxy) -> Iterator[None]:
    home = {**os.environ, "HOME": str(proxy.folder), "XDG_DATA_HOME": str(proxy.folder)}
    with subprocess.Popen(command, env=home, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(lambda: _answers(proxy))
            yield
        finally:
            process.terminate()
            process.wait(30)


def _nginx_site(proxy: Proxy, service: int) -> Path:
    """Write the shipped files with the ports and folders of this test, and no more changed than those."""
    folder = proxy.folder
    site = _changed(
        "nginx.conf",
        ("listen 80;", f"listen 127.0.0.1:{proxy.plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{proxy.secure} ssl"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{service};"),
        ("/etc/ssl/budgetproto/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/"),
        ("/etc/nginx/budgetproto-proxy.conf", f"{folder}/proxy.conf"),
    )
    shutil.copy(DEPLOY / "nginx-proxy.conf", folder / "proxy.conf")
    kept = "".join(f"{each}_temp_path {folder}/{each};" for each in _FOLDERS)
    user = "user root;" if os.geteuid() == 0 else ""
    head = f"pid {folder}/nginx.pid; error_log {folder}/nginx-error.log; {user}"
    (folder / "nginx.conf").write_text(f"{head} events {{}} http {{ {kept}\n{site}\n}}")
    return folder / "nginx.conf"


_FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def _caddy_site(proxy: Proxy, service: int) -> Path:
    """Write the shipped file with the ports, the folder and the certificate of this test."""
    folder = proxy.folder
    site = _changed(
        "Caddyfile",
        (f"{NAME} {{\n", f"{NAME} {{\n\ttls {folder}/fullchain.pem {folder}/privkey.pem\n"),
        ("reverse_proxy 127.0.0.1:8000", f"reverse_proxy 127.0.0.1:{service}"),
        ("/var/log/caddy/", f"{folder}/"),
    )
    head = f"{{\n\tadmin off\n\thttp_port {proxy.plain}\n\thttps_port {proxy.secure}\n}}\n"
    (folder / "Caddyfile").write_text(head + site)
    return folder / "Caddyfile"


def _changed(name: str, *changes: tuple[str, str]) -> str:
    text = (DEPLOY / name).read_text()
    for shipped, here in changes:
        assert shipped in text
        text = text.replace(shipped, here)
    return text


def make_certificate(folder: Path) -> None:
    """Make a certificate that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.DNSName(NAME)]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


def _answers(proxy: Proxy) -> bool:
    try:
        return bool(proxy.ask("GET", "/health/live").status == 200)
    except OSError:
        return False
