"""The web application: a list of rooms, each setting itself up; the only module that knows them all."""

from typing import Final

from flask import Flask
from sqlmodel import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from budgetproto import web
from budgetproto.accounts import log_in_term, people_routes, token_terms
from budgetproto.accounts import naming as accounts_naming
from budgetproto.accounts import routes as accounts_routes
from budgetproto.accounts import storage as accounts_storage
from budgetproto.accounts.rules import Rules
from budgetproto.analysis import across_routes
from budgetproto.analysis import routes as analysis_routes
from budgetproto.analysis.consequences import routes as consequences_routes
from budgetproto.database import Database
from budgetproto.database.migrations import check_schema
from budgetproto.disputes import (
    approval_routes,
    attachment_routes,
    bulk_routes,
    desk_routes,
    entering_routes,
    journal_routes,
    option_routes,
    position_routes,
    sealing,
    trial_routes,
)
from budgetproto.disputes import routes as lines_routes
from budgetproto.disputes import storage as disputes_storage
from budgetproto.disputes.attachment_values import MEBIBYTE, Limits
from budgetproto.disputes.table import changing_routes
from budgetproto.disputes.table import routes as table_routes
from budgetproto.guides import routes as guides_routes
from budgetproto.journal import naming
from budgetproto.operations import routes as operations_routes
from budgetproto.proceedings import cloning_routes, decision_routes, follow_up_routes, trial_vote_routes
from budgetproto.proceedings import routes as proceedings_routes
from budgetproto.protocol import routes as protocol_routes
from budgetproto.protocol.box import routes as box_routes
from budgetproto.protocol.delivery import (
    comparison_routes,
    extract_routes,
    public_routes,
    publication_routes,
    transmittal_routes,
    version_routes,
)
from budgetproto.protocol.signing import routes as signing_routes
from budgetproto.protocol.verification import routes as verification_routes
from budgetproto.settings import Settings
from budgetproto.sittings import api as sittings_api
from budgetproto.sittings import (
    calendar_routes,
    preparing_routes,
    secretary_routes,
    settings_routes,
    substitute_routes,
)
from budgetproto.sittings import routes as sittings_routes
from budgetproto.sittings import storage as sittings_storage
from budgetproto.sittings.procedure import procedure
from budgetproto.transfers import api as transfers_api
from budgetproto.transfers import routes as transfers_routes
from budgetproto.web import data
from budgetproto.web.api import pages

#: The interface for programs, and each room's resources in it.
_FOR_PROGRAMS: Final = (pages, transfers_api, sittings_api)


def create_app(settings: Settings) -> Flask:
    """Build the application for one installation; raise SetUp when something it needs is missing."""
    app = Flask(__name__)
    _configure(app, settings)
    database = Database(settings.database_url)
    database.check()
    check_schema(database)
    data.init_app(app, database)
    app.extensions["budgetproto.seal_key"] = sealing.load_key(settings.seal_key_file)
    name_things()
    operations_routes.init_app(app, settings)
    web.init_app(app)
    accounts_routes.init_app(app, Rules.of(settings))
    sittings_routes.init_app(app)
    preparing_routes.init_app(app)
    substitute_routes.init_app(app)
    settings_routes.init_app(app)
    calendar_routes.init_app(app)
    secretary_routes.init_app(app)
    lines_routes.init_app(app)
    table_routes.init_app(app)
    changing_routes.init_app(app)
    entering_routes.init_app(app)
    bulk_routes.init_app(app)
    position_routes.init_app(app)
    approval_routes.init_app(app)
    desk_routes.init_app(app)
    attachment_routes.init_app(app, Limits(settings.attachments, settings.attachments_megabytes * MEBIBYTE))
    option_routes.init_app(app)
    trial_routes.init_app(app)
    proceedings_routes.init_app(app)
    decision_routes.init_app(app)
    trial_vote_routes.init_app(app)
    follow_up_routes.init_app(app)
    cloning_routes.init_app(app)
    journal_routes.init_app(app)
    protocol_routes.init_app(app, settings.signing)
    box_routes.init_app(app)
    signing_routes.init_app(app)
    verification_routes.init_app(app, settings.signing)
    version_routes.init_app(app)
    extract_routes.init_app(app)
    comparison_routes.init_app(app)
    transmittal_routes.init_app(app)
    publication_routes.init_app(app)
    public_routes.init_app(app)
    for part in (analysis_routes, consequences_routes, across_routes):
        part.init_app(app)
    transfers_routes.init_app(app)
    for part in (people_routes, guides_routes, *_FOR_PROGRAMS):
        part.init_app(app)
    return app


def name_things() -> None:
    """Tell lower rooms what they cannot know: how things are called, and how long a log-in holds."""
    log_in_term.register(lambda session: procedure(session).number("log_in_hours"))
    token_terms.register(_token_terms)
    naming.register("person", accounts_naming.people_names)
    naming.register("delegate", accounts_naming.people_names)
    naming.register("whom", accounts_naming.people_names)
    naming.register("agreed", accounts_naming.people_names)
    naming.register("author", accounts_naming.people_names)
    naming.register("party", accounts_storage.party_names)
    naming.register("sitting", sittings_storage.sitting_names)
    naming.register("line", disputes_storage.line_names)


def _token_terms(session: Session) -> token_terms.TokenTerms:
    found = procedure(session)
    return token_terms.TokenTerms(days=found.number("token_days"), requests=found.number("token_requests"))


def _configure(app: Flask, settings: Settings) -> None:
    if settings.proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # the way Flask is wrapped
    app.secret_key = settings.secret_key
    app.config["MAX_CONTENT_LENGTH"] = settings.largest_request
    app.config["SESSION_COOKIE_SECURE"] = settings.production
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_NAME"] = "__Host-sitting" if settings.production else "sitting"
