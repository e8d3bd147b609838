"""Every page, for everybody, in every stage and language: one frame, one heading, no raw key, not kept."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions.attachments.storage import filed_headers
from budgetproto.disputes.positions.attachments.values import Visibility
from budgetproto.i18n import LANGUAGES, Language, Named
from budgetproto.i18n.catalogue import domains
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.sittings.domain import Stage
from budgetproto.transfers.domain import TransferKind
from budgetproto.web.programs import PREFIX
from tests.access.expecting import NOWHERE
from tests.counts import LONG
from tests.disputes.positions.attachments.test_service import attach
from tests.factories import Scene, file, make_scene, open_all, start_session, submit
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor

_KEY = re.compile(rf"\b(?:{'|'.join(domains())})\.[a-z_]+(?:\.[a-z_]+)*\b")
#: What a page answers to a reader who may not, or to an act that belongs to another stage.
_ANSWERS = {200, 303, 403, 404, 422}
#: The pages that stand under no other: the first one, and those of somebody who is not logged in yet.
NO_PATH = {"/", "/log-in", "/invitation"}
#: Pages that exist only with data these tests have not got, or in the middle of an act (test_accounts.py).
_NOT_HERE = {
    *("compare.csv", "compare.xlsx"),
    # tests/journeys/test_coordination_pages.py
    "public_acts.publication",
    "public_acts.one",
    # tests/coordination/test_texts.py
    *("public_acts.text", "act_texts.fetch"),
    # A report that its people write: tests/reporting/annual/test_pages.py opens every page of it.
    *(f"annual.{view}" for view in ("report", "values", "people", "journal", "steps")),
    *(f"annual.{view}" for view in ("pdf", "as_json", "drawing")),
    # tests/reporting/annual/test_public.py
    *(f"public_reports.{view}" for view in ("report", "values", "pdf", "as_json", "drawing", "publication")),
    *(f"annual_writing.{view}" for view in ("section", "indicators", "new_indicator", "indicator")),
    *(f"annual_writing.{view}" for view in ("recorded", "yardstick", "failing", "sums")),
    *(f"annual_values.{view}" for view in ("index", "one", "values_template")),
    *("acts.act", "acts.journal", "act_steps.record"),
    *(f"act_sheet.{view}" for view in ("pdf", "facts", "handed_in", "handed_in_facts")),
    # tests/journeys/test_expertise_pages.py
    *(f"expertise.{view}" for view in ("commission", "one", "pdf", "expert", "interests", "hand_in")),
    *("expertise.reply", "expertise.withdraw", "expertise.write", "agenda_drafts.name"),
    "follow_ups.follow_up",
    *("follow_ups.assignment", "follow_ups.appearance"),
    "participation.waiver",
    # tests/accounts/test_bodies.py: forms of a body's own people, and of managers for a body without any
    *(f"bodies.{view}" for view in ("first", "admit", "let_go")),
    "scans.attach",
    "scans.scan",
    "protocol.issue_incomplete",
    "signing.withdrawal",
    "signing.absence",
    "signing.answer",
    *("versions.one", "versions.pdf", "versions.correction", "versions.drop", "boxes.box"),
    "transmittal.entry",
    "transmittal.paper",
    "publication.publication",
    "public.published",
    "public.pdf",
    "public.as_json",
    "public.csv",
    "preparing.revoke",
    *("models.one_set", "models.new_version", "models.compare", "models.csv", "models.xlsx"),
    *("simulated.page", "simulated.csv", "simulated.xlsx"),
    "parameters.csv",
    "importing.waiting",
    "transfers.indicators",
    "transfers.territory",
    *("places.place", "places.csv", "places.pdf"),
    *("procedures.compare", "referral.refer_point"),
    "operations.figures",
    "static",
    "accounts.code",
    "accounts.choose_password",
    "second_factor.set_up",
    "second_factor.picture",
    "people.ask",
}


@pytest.fixture
def stages(scene: Scene) -> list[Scene]:
    """Make a sitting in preparation, one that collects, and one in session with an option."""
    database, key = scene.database, scene.key
    preparing = make_scene(database, key=key, stage=Stage.PREPARING)
    file(scene, scene.union)
    submit(scene, scene.unionist, seen=1)
    session = make_scene(database, key=key)
    attach(session, session.union, visibility=Visibility.PUBLIC)
    file(session, session.ministry, figure=Som(0), rationale="Негиз")
    file(session, session.union, rationale="Себеп")
    open_all(session)
    options.publish_option(database, session.secretary.id, session.sitting)
    start_session(session)
    question = Named("Бюджет аралык мамилелер", "Межбюджетные отношения", "Interbudgetary relations")
    proceedings.add_agenda_item(database, session.secretary.id, session.sitting, question)
    return [preparing, scene, session]


@pytest.mark.parametrize("language", LANGUAGES if LONG else ["ky"])
def test_every_page_is_whole(
    app: Flask, visit: Visit, stages: list[Scene], kinds: tuple[TransferKind, ...], language: Language
) -> None:
    answered: set[str] = set()
    for scene in stages:
        for person in (scene.secretary, scene.chair, scene.unionist, scene.outsider):
            visitor = visit(person, language=language)
            for rule, address in addresses(app, scene, kinds):
                page = visitor.get(address)
                assert page.status_code in _ANSWERS, (address, page.status)
                check(page, language)
                if page.status_code == 200:
                    answered.add(rule.endpoint)
    assert pages(app) - answered == set()


def addresses(app: Flask, scene: Scene, kinds: tuple[TransferKind, ...]) -> Iterator[tuple[Rule, str]]:
    """Give the address of every page for one sitting."""
    known = {"sitting_id": scene.sitting, "line_id": scene.lines[0], "number": 1, "code": kinds[0].code}
    known |= {"language": "ky", "soate": "41700000000000", "seat": "chair"}
    known |= {"key": "second_term_hours", "ending": "csv"}
    known |= {"form": "csv.gz", "drawing": "sides", "picture": "svg"}
    known |= {"step": "letter", "document": "letter", "model": "sharing", "set_key": "norms-2014"}
    known |= {"name": "constituencies", "before": 1, "after": 1, "level": "ministry"}
    known |= {"person_id": scene.outsider.id, "attachment": attached(scene)}
    builder, shown = app.url_map.bind("localhost"), pages(app)
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and rule.endpoint in shown:
            values = {name: known.get(name, NOWHERE) for name in rule.arguments}
            yield rule, builder.build(rule.endpoint, values)


def attached(scene: Scene) -> str:
    """Return the id of the file on the first line, else one that does not exist."""
    with scene.database.reading() as session:
        found = filed_headers(session, scene.lines[0], scene.union.id)
    return next(iter(found), "a" * 26)


def pages(app: Flask) -> set[str]:
    """Return the names of all views that answer GET."""
    rules = app.url_map.iter_rules()
    shown = (rule for rule in rules if not rule.rule.startswith(PREFIX))
    return {rule.endpoint for rule in shown if "GET" in (rule.methods or set())} - _NOT_HERE


def check(page: TestResponse, language: Language) -> None:
    """Assert what holds for every answer, and for a page besides."""
    where = (page.request.path, page.status)
    # What is open to its reader may be kept by his browser, which asks each time whether it has changed.
    assert page.headers["Cache-Control"] == ("private, no-cache" if "ETag" in page.headers else "no-store"), (
        where
    )
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'"), where
    assert page.headers["X-Content-Type-Options"] == "nosniff", where
    if page.mimetype != "text/html" or page.status_code == 303:
        return
    assert f'<html lang="{language}"' in page.text, where
    title = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)
    assert title, where
    assert len(title[1].split("–")[0].strip()) > 2, where
    assert page.text.count("<h1") == 1, where
    # The start page is the first of every path; whoever is not logged in sees only the log-in.
    assert (page.request.path in NO_PATH) == ("govuk-breadcrumbs" not in page.text), where
    assert all('id="form"' in form for form in typed_into(page)), where
    assert _KEY.findall(told(page)) == [], where
    assert " style=" not in page.text, where
    assert not re.search(r"<script(?![^>]*src=)", page.text), where


def typed_into(page: TestResponse) -> list[str]:
    """Return the opening tag of each form that people type into and that its own page takes."""
    main = page.text.partition("<main")[2]
    forms = re.findall(r"(<form[^>]*>)(.*?)</form>", main, re.DOTALL)
    typed = r'<textarea|<input[^>]*type="(?:text|date|time|radio|checkbox)"'
    return [
        tag
        for tag, inside in forms
        if 'method="post"' in tag and "action=" not in tag and re.search(typed, inside)
    ]


def told(page: TestResponse) -> str:
    """Return everything a page says: its text, and the labels of what has no text."""
    labels = " ".join(re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', page.text))
    return unescape(re.sub(r"<[^>]+>", " ", page.text)) + " " + labels


def test_the_check_finds_a_raw_key_and_a_second_heading(app: Flask, visit: Visit, scene: Scene) -> None:
    visitor: Visitor = visit(scene.secretary)
    page = visitor.get("/")
    page.set_data(page.get_data(as_text=True).replace("</main>", "<p>sittings.title</p></main>"))
    with pytest.raises(AssertionError):
        check(page, "ky")
    page = visitor.get("/")
    page.set_data(page.get_data(as_text=True).replace("</main>", "<h1>x</h1></main>"))
    with pytest.raises(AssertionError):
        check(page, "ky")
