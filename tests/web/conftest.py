"""The sample application of this room, and a browser looking at it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.gallery import sample_app, serving


@pytest.fixture
def app() -> Flask:
    """Make the sample application with somebody logged in."""
    return sample_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Ask the sample application as somebody logged in."""
    return app.test_client()


@pytest.fixture
def stranger() -> FlaskClient:
    """Ask the sample application as nobody."""
    return sample_app(person_name=None).test_client()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the sample application."""
    with serving(sample_app()) as address:
        yield address
