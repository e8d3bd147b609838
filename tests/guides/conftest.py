"""The application over a database of the test's own."""

from tests.journeys.conftest import app, catalogue, kinds, seal_key_file, settings

__all__ = ["app", "catalogue", "kinds", "seal_key_file", "settings"]
