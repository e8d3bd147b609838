"""An unchanged page answers 304; an act that changes it moves its mark; nothing sealed has one."""

import re
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from budgetproto.database import Database
from budgetproto.disputes import service
from budgetproto.disputes.lines.many import withdraw_lines
from budgetproto.disputes.positions import opening
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n import Named
from budgetproto.sittings.domain import Stage
from tests import sessions
from tests.factories import (
    Scene,
    end_second_term,
    file,
    file_all,
    make_scene,
    open_all,
    reach_deadline,
    settle_terms,
)
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor

NAME = Named("Иш", "Дело", "Matter")


@pytest.fixture
def opened(sqlite_database: Database, seal_key: SealKey) -> Scene:
    """Open every line of the sitting."""
    return sessions.opened(sqlite_database, key=seal_key)


def pages(scene: Scene) -> list[str]:
    return [
        f"/sittings/{scene.sitting}/{page}" for page in ("lines", "lines.json", "lines?words=1", "option")
    ]


def again(visitor: Visitor, address: str, mark: str) -> TestResponse:
    return visitor.client.get(address, headers={"If-None-Match": mark})


def test_an_unchanged_page_answers_304_with_nothing_in_it(visit: Visit, opened: Scene) -> None:
    visitor = visit(opened.minister)
    for address in pages(opened):
        first = visitor.get(address)
        assert first.headers["Cache-Control"] == "private, no-cache"
        second = again(visitor, address, first.headers["ETag"])
        assert (second.status_code, second.data) == (304, b"")
        assert second.headers["ETag"] == first.headers["ETag"]
        assert "Cookie" in second.headers["Vary"]


@pytest.mark.parametrize("who", ["minister", "unionist", "secretary", "chair"])
def test_nothing_sealed_has_a_mark(visit: Visit, scene: Scene, who: str) -> None:
    file(scene, scene.union)
    page = visit(getattr(scene, who)).get(pages(scene)[0])
    assert "ETag" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"


def test_a_second_term_keeps_every_page_unmarked_and_the_other_sides_unmoved(
    visit: Visit, scene: Scene
) -> None:
    file(scene, scene.union, line=0)
    reach_deadline(scene)
    opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)
    visitor = visit(scene.unionist)
    before = [visitor.get(address) for address in pages(scene)]
    file(scene, scene.ministry, line=0, seen=0)
    after = [visitor.get(address) for address in pages(scene)]
    assert all("ETag" not in page.headers for page in (*before, *after))
    assert [still(page) for page in before] == [still(page) for page in after]
    end_second_term(scene)
    opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)
    assert "ETag" in visitor.get(pages(scene)[0]).headers


def test_another_language_reader_or_browser_has_another_mark(visit: Visit, opened: Scene) -> None:
    page = pages(opened)[0]
    visitors = [visit(opened.minister, language=code) for code in ("ky", "ru")]
    visitors += [visit(opened.minister, language="ky"), visit(opened.deputy, language="ky")]
    assert len({visitor.get(page).headers["ETag"] for visitor in visitors}) == 4


def test_a_page_kept_by_the_browser_is_gone_with_the_log_in(visit: Visit, opened: Scene) -> None:
    visitor = visit(opened.minister)
    mark = visitor.get(pages(opened)[0]).headers["ETag"]
    left = visitor.send("/log-out")
    assert left.headers["Clear-Site-Data"] == '"cache"'
    assert again(visitor, pages(opened)[0], mark).status_code == 303


def test_a_notice_is_read_once_and_kept_by_nobody(visit: Visit, opened: Scene) -> None:
    visitor = visit(opened.secretary)
    visitor.send(f"/sittings/{opened.sitting}/option")
    told = visitor.get(f"/sittings/{opened.sitting}/option")
    assert "govuk-notification-banner" in told.text
    assert "ETag" not in told.headers
    later = visitor.get(f"/sittings/{opened.sitting}/option")
    assert "govuk-notification-banner" not in later.text
    assert "ETag" in later.headers


def still(page: TestResponse) -> str:
    return re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", page.text)


def test_a_withdrawn_line_never_opens_and_keeps_no_page_unmarked(visit: Visit, scene: Scene) -> None:
    prepared = make_scene(scene.database, key=scene.key, lines=3, stage=Stage.PREPARING, terms=False)
    withdraw_lines(
        prepared.database, prepared.secretary.id, prepared.sitting, prepared.lines[2:], reason="Кош"
    )
    settle_terms(prepared)
    service.start_collecting(prepared.database, prepared.key, prepared.secretary.id, prepared.sitting)
    shown = replace(prepared, lines=prepared.lines[:2])
    file_all(shown)
    open_all(shown)
    assert "ETag" in visit(shown.minister).get(pages(shown)[0]).headers
