"""Every sitting that can be staged, by its key."""

import tomllib

from budgetproto.demonstration import scale
from budgetproto.demonstration.fixture import SITTINGS, Fixture, read_fixture
from budgetproto.errors import Unknown


class NoSuchSitting(Unknown):
    """No sitting of the fixtures has this key."""

    message_key = "commands.no_such_sitting"


def keys() -> tuple[str, ...]:
    """Return the keys of all sittings, that of the demonstration first."""
    return (*_files(), scale.KEY)


def sitting_of(key: str) -> Fixture:
    """Return a sitting of the fixtures; raise NoSuchSitting."""
    if key == scale.KEY:
        return scale.scale_fixture()
    files = _files()
    if key not in files:
        raise NoSuchSitting(key=key, known=", ".join(keys()))
    return read_fixture(SITTINGS / files[key])


def _files() -> dict[str, str]:
    return {
        tomllib.loads(file.read_text(encoding="utf-8"))["sitting"]["key"]: file.name
        for file in sorted(SITTINGS.glob("*.toml"))
    }
