"""What a page weighs on a slow line, and which pages may be packed."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from budgetproto.database import Database
from budgetproto.disputes import storage
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions.sealing import load_key
from budgetproto.settings import Settings
from budgetproto.sittings.domain import Stage
from budgetproto.web.compression import is_marked
from budgetproto.web.programs import PREFIX
from tests.factories import Scene, start_session
from tests.journeys.conftest import Visit
from tests.journeys.test_every_page import pages
from tests.journeys.visitor import Visitor, said
from tests.large import make_large
from tests.staged import Staged

#: Guides and reference data that everybody may read, and figures that both sides opened to each other.
PACKED = {
    "act_sheet.facts",
    "act_sheet.handed_in",
    "act_sheet.handed_in_facts",
    "act_sheet.pdf",
    "acts.act",
    "acts.duties",
    "acts.index",
    "acts.journal",
    "across.lines",
    "across.pivot",
    "compare.comparison",
    "analysis.discrepancies",
    "calendar.year",
    "charts.charts",
    "cloning.clone",
    "comparisons.comparison",
    "decisions.decisions",
    "extracts.choosing",
    "guides.guide",
    "guides.index",
    "options.analysis",
    "options.option",
    "responses.compare",
    "responses.history",
    "models.cases",
    "must_invite.index",
    "models.compare",
    "models.index",
    "models.one_set",
    "models.simulation",
    "parameters.territories",
    "procedures.compare",
    "procedures.index",
    "procedures.level",
    "protocol.protocol",
    "public.everything",
    "public.published",
    "settings.index",
    "consequences.consequences",
    "promises.promises",
    "promised.years",
    "places.index",
    "places.place",
    "public_acts.everything",
    "public_acts.one",
    "public_reports.everything",
    "public_reports.report",
    "public_reports.values",
    "simulated.page",
    "lists.constituencies",
    "transfers.compare",
    "transfers.kinds",
    "transfers.self_governing",
    "transfers.table",
    "transfers.territories",
    "transfers.territory",
    "signing.signing",
    "statistics.index",
    "transmittal.transmittal",
    "trials.alternatives",
    "versions.one",
    "trials.trial",
}
HERE = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
LATER_PAGE = 40_000
MANY = 60
#: A page that grows with what is chosen, and a page asked to verify.
_BESIDES = ("/journal?verify=yes", "/discrepancies?group=kind")


def test_only_pages_without_anything_sealed_are_packed(app: Flask) -> None:
    found = {endpoint for endpoint in app.view_functions if is_marked(app, endpoint)}
    assert found == PACKED
    assert pages(app) >= PACKED - {
        "act_sheet.facts",
        "act_sheet.handed_in",
        "act_sheet.handed_in_facts",
        "act_sheet.pdf",
        "public_acts.one",
        "public_reports.report",
        "public_reports.values",
        "acts.act",
        "acts.journal",
        "models.compare",
        "models.one_set",
        "places.place",
        "procedures.compare",
        "simulated.page",
        "transfers.territory",
        "public.published",
        "versions.one",
    }


@pytest.mark.parametrize("login", ["secretary", "union", "ministry", "chair", "analyst", "auditor"])
def test_every_page_of_the_demonstration_fits_40_kilobytes(kept: Staged, login: str) -> None:
    found = weights(kept.visitor(login, "ky"), sorted(set(addresses(kept))))
    assert len(found) > 30
    assert too_heavy(found) == {}


@pytest.fixture
def large(sqlite_database: Database, settings: Settings, catalogue: None) -> Scene:
    """Bring a sitting of sixty lines into its session, with an option."""
    scene = make_large(sqlite_database, lines=MANY, key=load_key(settings.seal_key_file))
    options.publish_option(scene.database, scene.secretary.id, scene.sitting)
    start_session(scene)
    return scene


def test_the_pages_of_a_sitting_of_sixty_lines_fit_40_kilobytes(
    app: Flask, visit: Visit, large: Scene
) -> None:
    places = [*about(app, large.sitting, large.lines[0]), f"/sittings/{large.sitting}/lines?page=3"]
    for person in (large.secretary, large.unionist, large.chair):
        found = weights(visit(person, language="ky"), places)
        assert {f"/sittings/{large.sitting}", f"/sittings/{large.sitting}/decisions"} <= set(found)
        assert too_heavy(found) == {}


def test_before_the_opening_a_secretary_reads_of_every_party_on_a_light_page(
    app: Flask, visit: Visit, sqlite_database: Database, settings: Settings, catalogue: None
) -> None:
    scene = make_large(
        sqlite_database, lines=MANY, key=load_key(settings.seal_key_file), stage=Stage.COLLECTING
    )
    for person in (scene.secretary, scene.unionist):
        found = weights(visit(person, language="ky"), about(app, scene.sitting, scene.lines[0]))
        assert too_heavy(found) == {}


def test_the_page_of_a_sitting_leads_to_the_decisions_it_does_not_show(visit: Visit, large: Scene) -> None:
    visitor = visit(large.secretary, language="ky")
    first = visitor.get(f"/sittings/{large.sitting}")
    assert said("proceedings.all_decisions", lines=MANY) in first.text
    numbers = set()
    for page in ("", "?page=2", "?page=3"):
        told = visitor.get(f"/sittings/{large.sitting}/decisions{page}").text
        numbers |= {number for number in range(1, MANY + 1) if f">№ {number}. " in told}
    assert numbers == set(range(1, MANY + 1))
    assert visitor.get(f"/sittings/{large.sitting}/decisions?page=4").status_code == 404


def addresses(staged: Staged) -> Iterator[str]:
    """Give the address of every page, about both sittings where it is about one."""
    for sitting in (staged.finished, staged.collecting):
        with staged.database.reading() as session:
            for line in storage.lines(session, sitting)[:2]:
                yield from about(staged.app, sitting, line.id)
        yield from (f"/sittings/{sitting}{rest}" for rest in _BESIDES)


def about(app: Flask, sitting: str, line: str) -> list[str]:
    """Return the addresses of the pages that need nothing but a sitting and one of its lines."""
    known = {"sitting_id": sitting, "line_id": line, "seat": "secretary", "language": "ky"}
    places = app.url_map.bind("localhost")
    pages = (rule for rule in app.url_map.iter_rules() if not rule.rule.startswith(PREFIX))
    rules = [rule for rule in pages if "GET" in (rule.methods or ())]
    return [
        places.build(rule.endpoint, {name: known[name] for name in rule.arguments})
        for rule in rules
        if rule.arguments <= known.keys() and not rule.endpoint.endswith((".csv", ".xlsx", ".pdf", "_json"))
    ]


def weights(visitor: Visitor, places: list[str]) -> dict[str, int]:
    """Return how many bytes each page takes that the visitor may read."""
    answers = ((place, visitor.client.get(place, headers=HERE)) for place in places)
    return {place: len(answer.data) for place, answer in answers if _is_page(answer)}


def too_heavy(found: dict[str, int]) -> dict[str, int]:
    return {place: weight for place, weight in found.items() if weight > LATER_PAGE}


def _is_page(answer: TestResponse) -> bool:
    return answer.status_code == 200 and answer.mimetype == "text/html"
