"""The web application: a list of rooms, each setting itself up; the only module that knows them all."""

from collections.abc import Callable
from functools import partial
from typing import Final

from flask import Flask
from sqlmodel import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from budgetproto import web
from budgetproto.accounts import log_in_term, people_routes, token_terms
from budgetproto.accounts import naming as accounts_naming
from budgetproto.accounts import routes as accounts_routes
from budgetproto.accounts import storage as accounts_storage
from budgetproto.accounts.bodies import routes as bodies_routes
from budgetproto.accounts.rules import Rules
from budgetproto.analysis import api as analysis_api
from budgetproto.analysis import pages as analysis_pages
from budgetproto.analysis.consequences import routes as consequences_routes
from budgetproto.analysis.consequences import simulated_routes
from budgetproto.coordination import api as acts_api
from budgetproto.coordination import (
    procedure_routes,
    referral_routes,
    register_routes,
    statistics_routes,
    step_routes,
    summaries,
)
from budgetproto.coordination.expertise import agenda
from budgetproto.coordination.expertise import agenda_routes as agenda_drafts_routes
from budgetproto.coordination.expertise import routes as expertise_routes
from budgetproto.coordination.paper import routes as act_sheet_routes
from budgetproto.coordination.public import routes as public_acts_routes
from budgetproto.coordination.texts import routes as act_texts_routes
from budgetproto.database import Database
from budgetproto.database.migrations import check_schema
from budgetproto.disputes import api as disputes_api
from budgetproto.disputes import routes as lines_routes
from budgetproto.disputes import storage as disputes_storage
from budgetproto.disputes.desk import routes as desk_routes
from budgetproto.disputes.journal import routes as journal_routes
from budgetproto.disputes.lines import bulk_routes
from budgetproto.disputes.lines import routes as entering_routes
from budgetproto.disputes.options import routes as option_routes
from budgetproto.disputes.options import trial_routes
from budgetproto.disputes.parameters import routes as parameter_routes
from budgetproto.disputes.positions import (
    api as position_api,
)
from budgetproto.disputes.positions import (
    approval_routes,
    sealing,
)
from budgetproto.disputes.positions import (
    routes as position_routes,
)
from budgetproto.disputes.positions.attachments import routes as attachment_routes
from budgetproto.disputes.positions.attachments.values import MEBIBYTE, Limits
from budgetproto.disputes.responses import api as responses_api
from budgetproto.disputes.responses import routes as responses_routes
from budgetproto.disputes.responses import settling
from budgetproto.disputes.table import changing_routes
from budgetproto.disputes.table import routes as table_routes
from budgetproto.guides import routes as guides_routes
from budgetproto.journal import naming
from budgetproto.operations import routes as operations_routes
from budgetproto.proceedings import api as proceedings_api
from budgetproto.proceedings import cloning_routes, decision_routes, trial_vote_routes
from budgetproto.proceedings import routes as proceedings_routes
from budgetproto.proceedings.following import routes as follow_up_routes
from budgetproto.proceedings.participation import listing_routes, reviewing, rules_routes
from budgetproto.proceedings.participation import routes as participation_routes
from budgetproto.proceedings.settled import settled
from budgetproto.protocol import api as protocol_api
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
from budgetproto.reporting import follow_up_routes as promises_routes
from budgetproto.reporting import years_routes
from budgetproto.reporting.annual import api as reports_api
from budgetproto.reporting.annual import routes as annual_routes
from budgetproto.reporting.annual import values_routes as annual_values_routes
from budgetproto.reporting.annual import writing_routes as annual_writing_routes
from budgetproto.reporting.annual.public import routes as public_reports_routes
from budgetproto.reporting.places import routes as places_routes
from budgetproto.settings import Settings
from budgetproto.sittings import api as sittings_api
from budgetproto.sittings import (
    calendar_routes,
    day_calendar,
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
from budgetproto.transfers.importing import routes as importing_routes
from budgetproto.web import data
from budgetproto.web.api import pages

#: The interface for programs, and each room's resources in it.
_FOR_PROGRAMS: Final = (
    pages,
    transfers_api,
    sittings_api,
    disputes_api,
    position_api,
    responses_api,
    proceedings_api,
    analysis_api,
    protocol_api,
    acts_api,
    reports_api,
)


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
    for set_up in _rooms(settings):
        set_up(app)
    return app


def _rooms(settings: Settings) -> tuple[Callable[[Flask], None], ...]:
    """Return what sets up each room, in the order of the links they put on others' pages."""
    limits = Limits(settings.attachments, settings.attachments_megabytes * MEBIBYTE)
    return (
        sittings_routes.init_app,
        preparing_routes.init_app,
        substitute_routes.init_app,
        settings_routes.init_app,
        calendar_routes.init_app,
        secretary_routes.init_app,
        lines_routes.init_app,
        table_routes.init_app,
        changing_routes.init_app,
        entering_routes.init_app,
        bulk_routes.init_app,
        position_routes.init_app,
        approval_routes.init_app,
        desk_routes.init_app,
        partial(attachment_routes.init_app, limits=limits),
        option_routes.init_app,
        responses_routes.init_app,
        parameter_routes.init_app,
        trial_routes.init_app,
        proceedings_routes.init_app,
        decision_routes.init_app,
        trial_vote_routes.init_app,
        follow_up_routes.init_app,
        participation_routes.init_app,
        rules_routes.init_app,
        listing_routes.init_app,
        cloning_routes.init_app,
        journal_routes.init_app,
        partial(protocol_routes.init_app, settings=settings.signing),
        box_routes.init_app,
        signing_routes.init_app,
        partial(verification_routes.init_app, settings=settings.signing),
        version_routes.init_app,
        extract_routes.init_app,
        comparison_routes.init_app,
        transmittal_routes.init_app,
        publication_routes.init_app,
        public_routes.init_app,
        analysis_pages.init_app,
        consequences_routes.init_app,
        simulated_routes.init_app,
        register_routes.init_app,
        act_sheet_routes.init_app,
        act_texts_routes.init_app,
        public_acts_routes.init_app,
        step_routes.init_app,
        promises_routes.init_app,
        procedure_routes.init_app,
        years_routes.init_app,
        places_routes.init_app,
        annual_routes.init_app,
        annual_writing_routes.init_app,
        annual_values_routes.init_app,
        public_reports_routes.init_app,
        referral_routes.init_app,
        expertise_routes.init_app,
        agenda_drafts_routes.init_app,
        statistics_routes.init_app,
        transfers_routes.init_app,
        importing_routes.init_app,
        people_routes.init_app,
        bodies_routes.init_app,
        guides_routes.init_app,
        *(part.init_app for part in _FOR_PROGRAMS),
    )


def name_things() -> None:
    """Tell lower rooms what they cannot know: names, how long a log-in holds, what was decided."""
    log_in_term.register(lambda session: procedure(session).number("log_in_hours"))
    token_terms.register(_token_terms)
    settling.register(settled)
    reviewing.register(agenda.drafts_of)
    day_calendar.register(summaries.count_anew)
    naming.register("person", accounts_naming.people_names)
    naming.register("delegate", accounts_naming.people_names)
    naming.register("whom", accounts_naming.people_names)
    naming.register("agreed", accounts_naming.people_names)
    naming.register("author", accounts_naming.people_names)
    naming.register("party", accounts_storage.party_names)
    naming.register("beside", accounts_storage.party_names)
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
