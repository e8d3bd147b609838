"""The settings of one installation, read once from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from budgetproto.errors import SetUp


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
    #: Largest request body taken, in bytes.
    largest_request: int = 10 * 1024 * 1024

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the `BUDGETPROTO_*` variables; raise SetUp when production lacks a key or a database."""
        folder = Path(environment.get("BUDGETPROTO_FOLDER", "var")).absolute()
        production = environment.get("BUDGETPROTO_PRODUCTION") == "1"
        if production:
            for name in ("BUDGETPROTO_DATABASE_URL", "BUDGETPROTO_SEAL_KEY_FILE", "BUDGETPROTO_SECRET_KEY"):
                if not environment.get(name):
                    raise SetUp(what=name, remedy="README: «Production».")
        return cls(
            folder=folder,
            database_url=environment.get(
                "BUDGETPROTO_DATABASE_URL", f"sqlite:///{folder}/budgetproto.sqlite3"
            ),
            seal_key_file=Path(environment.get("BUDGETPROTO_SEAL_KEY_FILE", folder / "seal.key")),
            secret_key=environment.get("BUDGETPROTO_SECRET_KEY") or _kept_secret(folder / "secret.key"),
            production=production,
            proxies=_proxies(environment.get("BUDGETPROTO_PROXIES", "0")),
            demo_password=environment.get("BUDGETPROTO_DEMO_PASSWORD") or None,
        )


def _proxies(stated: str) -> int:
    if stated not in set("0123456789"):
        raise SetUp(what=f"BUDGETPROTO_PROXIES={stated}", remedy="README: «Running it for real».")
    return int(stated)


def _kept_secret(file: Path) -> str:
    """Return the secret kept in `file`, made on the first start so that log-ins survive a restart."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as written:
            written.write(secrets.token_hex(32))
    return file.read_text()
