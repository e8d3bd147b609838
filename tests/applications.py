"""The application for a test: setting it up takes a tenth of a second, so it is done once."""

from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Final

from flask import Flask

from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.operations.health import Health
from budgetproto.operations.routes import _HEALTH, _SETTINGS
from budgetproto.settings import Settings
from budgetproto.web.data import EXTENSION
from tests.hurry import hurried

_KEPT: Final[dict[Settings, Flask]] = {}
_NOWHERE: Final = Path()


def application(settings: Settings) -> Flask:
    """Return the application of an installation: its own database and key, rooms set up once for all alike.

    Rooms, addresses and templates are shared; what a test changes in `config` or `extensions` is its own.
    """
    alike = replace(settings, folder=_NOWHERE, database_url="", seal_key_file=_NOWHERE)
    if alike not in _KEPT:
        _KEPT[alike] = first = create_app(settings)
        first.extensions[EXTENSION].close()
        assert first.jinja_env  # made here, once
    app = copy(_KEPT[alike])
    app.config = copy(app.config)
    database, key = hurried(Database(settings.database_url)), sealing.load_key(settings.seal_key_file)
    app.extensions = {
        **app.extensions,
        EXTENSION: database,
        "budgetproto.seal_key": key,
        _HEALTH: Health(database, key, settings.folder, settings.least_free),
        _SETTINGS: settings,
    }
    return app
