"""What machines around the service ask it: does it live, is it ready, its figures for those who may see."""

import secrets
from typing import Final

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST

from budgetproto.errors import Unknown
from budgetproto.operations import metrics, requests
from budgetproto.operations.health import CHECKS, Health
from budgetproto.settings import Settings
from budgetproto.web.data import EXTENSION

blueprint = Blueprint("operations", __name__)
_HEALTH: Final = "budgetproto.health"
_SETTINGS: Final = "budgetproto.operations"


def init_app(app: Flask, settings: Settings) -> None:
    """Give `app` its health pages and its figures, and log each request."""
    requests.init_app(app)
    metrics.init_app(app)
    database, key = app.extensions[EXTENSION], app.extensions["budgetproto.seal_key"]
    app.extensions[_HEALTH] = Health(database, key, settings.folder, settings.least_free)
    app.extensions[_SETTINGS] = settings
    app.register_blueprint(blueprint)


@blueprint.get("/health/live")
def live() -> ResponseReturnValue:
    """Say that this process answers."""
    return jsonify(status="live")


@blueprint.get("/health/ready")
def ready() -> ResponseReturnValue:
    """Say whether the service can do its work, or the first reason why not."""
    faults = _health().faults()
    if not faults:
        return jsonify(status="ready")
    return jsonify(status="not ready", reason=next(check for check in CHECKS if check in faults)), 503


@blueprint.get("/metrics")
def figures() -> ResponseReturnValue:
    """Show the figures to those who may see them; for everybody else there is no such page."""
    if not _may_see_figures():
        raise Unknown
    return Response(metrics.exposed(_health()), content_type=CONTENT_TYPE_LATEST)


def _health() -> Health:
    found: Health = current_app.extensions[_HEALTH]
    return found


def _may_see_figures() -> bool:
    """Admit a configured network, or the bearer of the token; without either setting, nobody."""
    settings: Settings = current_app.extensions[_SETTINGS]
    shown = request.authorization.token if request.authorization else None
    if settings.metrics_token and shown:
        return secrets.compare_digest(shown.encode(), settings.metrics_token.encode())
    return settings.in_metrics_networks(request.remote_addr or "")
