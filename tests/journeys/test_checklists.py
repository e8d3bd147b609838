"""In every stage the secretary reads what is missing, where it is done, and why a button is not there yet."""

from dataclasses import replace

import pytest

from budgetproto.disputes.lines import entering
from budgetproto.disputes.terms import proposing
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import LinesUndecided
from budgetproto.sittings import mandates
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Stage
from tests.factories import Scene, file, file_all, make_person, make_scene, open_all, start_session
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown
from tests.staged import Staged
from tests.stated import line_text, new_sitting, new_terms

COLLECT = "/collect"


def test_a_new_sitting_leads_from_one_missing_thing_to_the_next(visit: Visit, scene: Scene) -> None:
    database, secretary = scene.database, scene.secretary
    sitting = sittings.prepare_sitting(
        database, secretary.id, replace(new_sitting(), held_on=None, draft_submitted=None)
    )
    visitor = visit(secretary, language="en")
    page = visitor.get(f"/sittings/{sitting}")
    for address in ("edit", "parties", "lines/new", "terms", "agenda"):
        assert f'href="/sittings/{sitting}/{address}"' in page.text, address
    assert said("sittings.why.preparing", "en") in shown(page)
    assert f'action="/sittings/{sitting}{COLLECT}"' not in page.text
    for party in (scene.ministry, scene.union):
        sittings.invite_party(database, secretary.id, sitting, party.id)
    for party in (scene.ministry, scene.union):
        mandates.enter_mandate(
            database,
            secretary.id,
            sitting,
            delegate=make_person(database).id,
            party_id=party.id,
            capacity=line_text().title,
            paper=line_text().title,
        )
    assert f'action="/sittings/{sitting}{COLLECT}"' not in visitor.get(f"/sittings/{sitting}").text
    line = entering.add_line(database, secretary.id, sitting, line_text())
    page = visitor.get(f"/sittings/{sitting}")
    assert f'action="/sittings/{sitting}{COLLECT}"' in page.text
    assert f'href="/lines/{line}/edit"' in page.text
    assert "Questions without it: 1" in shown(page)


def test_a_delegate_reads_what_is_missing_and_gets_no_link_to_the_secretarys_pages(
    visit: Visit, scene: Scene
) -> None:
    mine = make_scene(scene.database, key=scene.key, stage=Stage.PREPARING, terms=False)
    page = visit(mine.unionist).get(f"/sittings/{mine.sitting}")
    for address in ("edit", "parties", "terms", "agenda", "lines/new", "mandates"):
        main = page.text.partition('class="bp-checks"')[2].partition("</ul>")[0]
        assert f"/sittings/{mine.sitting}/{address}" not in main
    assert said("sittings.why.preparing") not in shown(page)


def test_filed_counts_are_for_the_secretary_alone(visit: Visit, scene: Scene) -> None:
    file(scene, scene.union)
    told = said("disputes.check.filed_by", "ru", party=scene.union.name.ru, filed=1, lines=2)
    address = f"/sittings/{scene.sitting}"
    assert told in shown(visit(scene.secretary, language="ru").get(address))
    for person in (scene.minister, scene.mayor, scene.chair):
        page = shown(visit(person, language="ru").get(address))
        assert "Подано по вопросам" not in page


def test_while_terms_are_open_the_page_says_why_positions_do_not_open(visit: Visit, scene: Scene) -> None:
    mine = make_scene(scene.database, key=scene.key, terms=False)
    page = visit(mine.secretary).get(f"/sittings/{mine.sitting}")
    assert said("sittings.why.collecting") in shown(page)
    proposing.propose_terms(mine.database, mine.secretary.id, mine.sitting, new_terms())
    page = visit(mine.secretary).get(f"/sittings/{mine.sitting}")
    assert f'href="/sittings/{mine.sitting}/terms/fix"' in page.text


def test_the_session_leads_to_the_first_undecided_question(visit: Visit, scene: Scene) -> None:
    file_all(scene)
    open_all(scene)
    visitor = visit(scene.secretary)
    assert f'href="/sittings/{scene.sitting}/option"' in visitor.get(f"/sittings/{scene.sitting}").text
    start_session(scene)
    page = visitor.get(f"/sittings/{scene.sitting}")
    assert f'href="/lines/{scene.lines[0]}/decision"' in page.text
    assert f'href="/sittings/{scene.sitting}/attendance"' in page.text
    assert said("sittings.why.in_session") in shown(page)
    assert f'action="/sittings/{scene.sitting}/close"' not in page.text
    with pytest.raises(LinesUndecided):
        proceedings.close_session(scene.database, scene.secretary.id, scene.sitting)


def test_a_decided_sitting_asks_for_its_protocol_and_for_what_became_of_it(staged: Staged) -> None:
    page = staged.visitor("secretary", "ky").get(f"/sittings/{staged.finished}")
    assert f'href="/sittings/{staged.finished}/protocol"' in page.text
    assert said("sittings.why.decided") in shown(page)


def test_the_desk_shows_the_secretary_every_sitting_and_nobody_else(staged: Staged) -> None:
    page = staged.visitor("secretary", "en").get("/desk/secretary")
    for sitting in (staged.finished, staged.collecting):
        assert f'href="/sittings/{sitting}"' in page.text
    for login in ("analyst", "chair"):
        assert staged.visitor(login).get("/desk/secretary").status_code == 403
