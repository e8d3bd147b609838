"""The application over a database of the test's own."""

from tests.journeys.conftest import app, catalogue, kinds, settings

__all__ = ["app", "catalogue", "kinds", "settings"]
