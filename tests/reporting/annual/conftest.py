"""The application, for the pages of a report."""

from tests.journeys.conftest import (
    _quick_hashes,
    app,
    catalogue,
    kinds,
    scene,
    seal_key,
    seal_key_file,
    settings,
    visit,
)

__all__ = [
    "_quick_hashes",
    "app",
    "catalogue",
    "kinds",
    "scene",
    "seal_key",
    "seal_key_file",
    "settings",
    "visit",
]
