"""The settings of one installation, read once from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Self

from budgetproto.errors import SetUp

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class SigningSettings:
    """With which key the service signs issued protocols, and how long its signature is to be provable."""

    #: PKCS#12 file with the key and its certificates; none: files are issued without a signature.
    key_file: Path | None = None
    passphrase: str | None = None
    #: Address of a time-stamp service (RFC 3161).
    time_stamp_url: str | None = None
    #: Whether no protocol is issued while the time-stamp service does not answer.
    time_stamp_required: bool = False
    #: Whether what proves that no certificate had been revoked is kept in the file.
    long_term: bool = False
    #: Certificates (PEM) that signatures are checked against.
    trusted_file: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the variables; raise SetUp where a time stamp is demanded and no service is named."""
        url = environment.get("BUDGETPROTO_TIME_STAMP_URL") or None
        for name in ("BUDGETPROTO_TIME_STAMP_REQUIRED", "BUDGETPROTO_SIGNATURE_LONG_TERM"):
            if url is None and _yes(environment, name, otherwise=False):
                raise SetUp(what=f"{name}=1", remedy="BUDGETPROTO_TIME_STAMP_URL")
        key = environment.get("BUDGETPROTO_SIGNING_KEY_FILE")
        trusted = environment.get("BUDGETPROTO_TRUSTED_CERTIFICATES_FILE")
        long_term = _yes(environment, "BUDGETPROTO_SIGNATURE_LONG_TERM", otherwise=False)
        if long_term and not trusted:
            # what is kept in the file is proved up to a certificate that is trusted
            raise SetUp(
                what="BUDGETPROTO_SIGNATURE_LONG_TERM=1", remedy="BUDGETPROTO_TRUSTED_CERTIFICATES_FILE"
            )
        return cls(
            key_file=Path(key) if key else None,
            passphrase=_stated("BUDGETPROTO_SIGNING_KEY_PASSPHRASE", environment),
            time_stamp_url=url,
            time_stamp_required=_yes(environment, "BUDGETPROTO_TIME_STAMP_REQUIRED", otherwise=False),
            long_term=long_term,
            trusted_file=Path(trusted) if trusted else None,
        )


@dataclass(frozen=True)
class Settings:
    """Where the data lies, which keys protect it, and how the service is served."""

    #: Folder of the embedded database, the keys and the demonstration's files.
    folder: Path
    database_url: str
    #: File with the key that wraps the data key of every sitting; never part of a backup.
    seal_key_file: Path
    #: Signs cookies and form tokens.
    secret_key: str
    production: bool = False
    #: One password for every demonstration account instead of fresh ones.
    demo_password: str | None = None
    #: How many proxies of our own stand before the service: only so many addresses they report are believed.
    proxies: int = 0
    #: Largest request body taken, in bytes: the largest attached file, and the form around it.
    largest_request: int = 12 * 1024 * 1024
    #: How many files one position carries, and how many megabytes together.
    attachments: int = 10
    attachments_megabytes: int = 30
    #: Whether secretaries, chairs, administrators and who else decides must have a second factor.
    second_factor: bool = False
    #: Fewest characters of a password.
    shortest_password: int = 12
    #: Days for which a link to set a password holds.
    link_days: int = 7
    #: Minutes without a page after which a log-in is over.
    idle_minutes: int = 120
    #: The least that is logged: debug, info, warning or error.
    log_level: str = "info"
    #: The service is not ready with less than this free where its data lies, in bytes.
    least_free: int = 500 * 1024 * 1024
    #: Who may read the figures of the service besides the bearer of the token.
    metrics_networks: tuple[Network, ...] = ()
    metrics_token: str | None = None
    signing: SigningSettings = SigningSettings()

    def in_metrics_networks(self, address: str) -> bool:
        """Tell whether an address may read the figures of the service."""
        try:
            asking = ip_address(address)
        except ValueError:
            return False
        return any(asking in network for network in self.metrics_networks)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the `BUDGETPROTO_*` variables; raise SetUp when production lacks a key or a database."""
        folder = Path(environment.get("BUDGETPROTO_FOLDER", "var")).absolute()
        production = environment.get("BUDGETPROTO_PRODUCTION") == "1"
        if production:
            for name in ("BUDGETPROTO_DATABASE_URL", "BUDGETPROTO_SEAL_KEY_FILE", "BUDGETPROTO_SECRET_KEY"):
                if not environment.get(name) and not environment.get(f"{name}_FILE"):
                    raise SetUp(what=name, remedy="docs/running.md")
        return cls(
            folder=folder,
            database_url=_stated("BUDGETPROTO_DATABASE_URL", environment)
            or f"sqlite:///{folder}/budgetproto.sqlite3",
            seal_key_file=Path(environment.get("BUDGETPROTO_SEAL_KEY_FILE", folder / "seal.key")),
            secret_key=_stated("BUDGETPROTO_SECRET_KEY", environment) or _kept_secret(folder / "secret.key"),
            production=production,
            proxies=_proxies(environment.get("BUDGETPROTO_PROXIES", "0")),
            attachments=within(environment, "BUDGETPROTO_ATTACHMENTS", 10, range(1, 21)),
            attachments_megabytes=within(environment, "BUDGETPROTO_ATTACHMENTS_MB", 30, range(10, 101)),
            demo_password=environment.get("BUDGETPROTO_DEMO_PASSWORD") or None,
            second_factor=_yes(environment, "BUDGETPROTO_SECOND_FACTOR", otherwise=production),
            shortest_password=within(environment, "BUDGETPROTO_SHORTEST_PASSWORD", 12, range(12, 65)),
            link_days=within(environment, "BUDGETPROTO_LINK_DAYS", 7, range(1, 31)),
            idle_minutes=within(environment, "BUDGETPROTO_IDLE_MINUTES", 120, range(10, 721)),
            log_level=log_level(environment),
            least_free=within(environment, "BUDGETPROTO_LEAST_FREE_MB", 500, range(10_000)) * 1024 * 1024,
            metrics_networks=_networks(environment.get("BUDGETPROTO_METRICS_NETWORKS", "")),
            metrics_token=_stated("BUDGETPROTO_METRICS_TOKEN", environment),
            signing=SigningSettings.from_environment(environment),
        )


def log_level(environment: Mapping[str, str]) -> str:
    """Return the level of the logs; raise SetUp for one there is not."""
    stated = environment.get("BUDGETPROTO_LOG_LEVEL", "info").lower()
    if stated not in {"debug", "info", "warning", "error"}:
        raise SetUp(what=f"BUDGETPROTO_LOG_LEVEL={stated}", remedy="debug, info, warning, error")
    return stated


def _stated(name: str, environment: Mapping[str, str]) -> str | None:
    """Return a secret that is stated itself, or lies in the file that `NAME_FILE` names."""
    if stated := environment.get(name):
        return stated
    if not (file := environment.get(f"{name}_FILE")):
        return None
    try:
        return Path(file).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as unreadable:
        raise SetUp(what=f"{name}_FILE ({Path(file).name})", remedy="docs/running.md") from unreadable


def _networks(stated: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(each.strip()) for each in stated.split(",") if each.strip())
    except ValueError as unreadable:
        what = f"BUDGETPROTO_METRICS_NETWORKS={stated}"
        raise SetUp(what=what, remedy="10.0.0.0/8, 192.168.7.3/32") from unreadable


def _proxies(stated: str) -> int:
    if stated not in set("0123456789"):
        raise SetUp(what=f"BUDGETPROTO_PROXIES={stated}", remedy="README: «Running it for real».")
    return int(stated)


def _yes(environment: Mapping[str, str], name: str, *, otherwise: bool) -> bool:
    """Return whether a setting is 1; raise SetUp for anything but 1, 0 and nothing."""
    stated = environment.get(name, "")
    if stated not in {"", "0", "1"}:
        raise SetUp(what=f"{name}={stated}", remedy="0, 1")
    return stated == "1" if stated else otherwise


def within(environment: Mapping[str, str], name: str, otherwise: int, allowed: range) -> int:
    """Return a whole number within its bounds; raise SetUp for anything else."""
    stated = environment.get(name) or str(otherwise)
    if not (stated.isascii() and stated.isdigit() and len(stated) < 5 and int(stated) in allowed):
        raise SetUp(what=f"{name}={stated}", remedy=f"{allowed[0]}–{allowed[-1]}")
    return int(stated)


def _kept_secret(file: Path) -> str:
    """Return the secret kept in `file`, made on the first start so that log-ins survive a restart."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as written:
            written.write(secrets.token_hex(32))
    return file.read_text()
