"""Behind a real nginx with TLS, as deploy/nginx.conf has it."""

import http.client
import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.operations.serving import ROOT, free_port, serving, wait_for
from tests.staged import Staged, master, staged  # noqa: F401 - fixtures

pytestmark = pytest.mark.nginx
DEPLOY = ROOT / "deploy"


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its two ports and its folder."""

    plain: int
    secure: int
    folder: Path

    def ask(
        self, method: str, address: str, body: bytes | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        """Ask over TLS, trusting the certificate of this test alone."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        connection = http.client.HTTPSConnection("localhost", self.secure, context=context, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, address, body, {"Host": "sitting.example.kg", **named})
        answer = connection.getresponse()
        answer.text = answer.read().decode()  # type: ignore[attr-defined]
        connection.close()
        return answer


@pytest.fixture
def proxy(staged: Staged, tmp_path: Path) -> Iterator[Proxy]:  # noqa: F811
    """Serve the demonstration as in production, behind nginx."""
    stated = {
        "BUDGETPROTO_PRODUCTION": "1",
        "BUDGETPROTO_DATABASE_URL": f"sqlite:///{tmp_path}/budgetproto.sqlite3",
        "BUDGETPROTO_SEAL_KEY_FILE": str(tmp_path / "seal.key"),
        "BUDGETPROTO_SECRET_KEY": "only for tests",
        "BUDGETPROTO_PROXIES": "1",
        "BUDGETPROTO_METRICS_NETWORKS": "10.9.9.9/32",
    }
    make_certificate(tmp_path)
    with serving(tmp_path, **stated) as served:
        running = Proxy(free_port(), free_port(), tmp_path)
        configuration = written(running, served.port)
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-p", str(tmp_path), "-c", str(configuration)]
        subprocess.run([*command, "-t"], check=True, capture_output=True)
        with subprocess.Popen([*command, "-g", "daemon off;"]) as process:
            try:
                wait_for(lambda: _answers(running))
                yield running
            finally:
                process.terminate()
                process.wait(30)


def test_everything_a_browser_needs_is_there_behind_the_proxy(proxy: Proxy) -> None:
    page = proxy.ask("GET", "/log-in")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-sitting=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {each.strip() for each in cookie.split(";")}
    assert "Domain" not in cookie
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")

    # An address that a visitor claims to come from is not believed; no figures for 10.9.9.9 from here.
    assert proxy.ask("GET", "/%6Detrics", X_Forwarded_For="10.9.9.9").status == 404
    assert proxy.ask("GET", "/metrics").status == 404
    assert proxy.ask("GET", "/health/ready").status == 200

    assert proxy.ask("POST", "/log-in", b"x" * (11 * 2**20 + 1)).status == 413
    plain = http.client.HTTPConnection("localhost", proxy.plain, timeout=30)
    plain.request("GET", "/", headers={"Host": "sitting.example.kg"})
    assert plain.getresponse().headers["Location"] == "https://sitting.example.kg/"
    plain.close()

    log = (proxy.folder / "budgetproto.log").read_text()
    assert "127.0.0.1" not in log
    assert "/log-in" not in log
    assert " GET 200 " in log


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_an_old_protocol_of_encryption_is_refused(proxy: Proxy) -> None:
    context = ssl.create_default_context(cafile=str(proxy.folder / "fullchain.pem"))
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    connection = http.client.HTTPSConnection("localhost", proxy.secure, context=context, timeout=30)
    with pytest.raises(ssl.SSLError):
        connection.request("GET", "/")


def written(proxy: Proxy, service: int) -> Path:
    """Write the shipped files with the ports and folders of this test, and no more changed than those."""
    site, handing_on = ((DEPLOY / name).read_text() for name in ("nginx.conf", "nginx-proxy.conf"))
    folder = proxy.folder
    for shipped, here in (
        ("listen 80;", f"listen 127.0.0.1:{proxy.plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{proxy.secure} ssl"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{service};"),
        ("/etc/ssl/budgetproto/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/"),
        ("/etc/nginx/budgetproto-proxy.conf", f"{folder}/proxy.conf"),
    ):
        assert shipped in site
        site = site.replace(shipped, here)
    (folder / "proxy.conf").write_text(handing_on)
    kept = "".join(f"{each}_temp_path {folder}/{each};" for each in _FOLDERS)
    user = "user root;" if os.geteuid() == 0 else ""
    head = f"pid {folder}/nginx.pid; error_log {folder}/nginx-error.log; {user}"
    (folder / "nginx.conf").write_text(f"{head} events {{}} http {{ {kept}\n{site}\n}}")
    return folder / "nginx.conf"


_FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


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
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
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
