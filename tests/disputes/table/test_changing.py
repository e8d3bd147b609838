"""Many lines are changed or withdrawn by one act, each as it was seen, or none is."""

from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes import service, storage
from budgetproto.disputes.domain import Line
from budgetproto.disputes.lines import entering, many
from budgetproto.disputes.lines.many import MOST_LINES, NothingChosen, TooManyLines
from budgetproto.disputes.table.changing import (
    Change,
    LinesMoved,
    NothingToChange,
    change_lines,
    chosen_lines,
    in_short,
    withdraw_chosen,
)
from budgetproto.disputes.terms import proposing
from budgetproto.errors import Unknown
from budgetproto.i18n import Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import entries
from budgetproto.sittings.domain import NotYours, Stage, WrongStage
from budgetproto.sittings.service import ReasonMissing
from budgetproto.sittings.settling import TermsAlreadyFixed
from budgetproto.sittings.terms_storage import latest_terms
from tests.factories import Scene, make_scene, settle_terms
from tests.stated import new_terms

PROTECTED = Change({"protected": True, "limit_basis": "Бюджет кодекси, 43-берене"})
DISTRICTS = Change({"group": Named("Райондор", "Районы", "Districts")})


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, lines=3, stage=Stage.PREPARING, terms=False)


def standing(scene: Scene) -> list[Line]:
    with scene.database.reading() as session:
        return storage.lines(session, scene.sitting)


def seen(scene: Scene, *places: int) -> dict[str, int]:
    lines = standing(scene)
    return {lines[place].id: lines[place].version for place in places}


def told(scene: Scene) -> list[Entry]:
    with scene.database.reading() as session:
        return entries(session, sitting_chain(scene.sitting))


def change(scene: Scene, wanted: Change, lines: dict[str, int]) -> int:
    return change_lines(scene.database, scene.secretary.id, scene.sitting, lines, wanted)


def test_what_is_set_stands_on_every_chosen_line_and_on_no_other(scene: Scene) -> None:
    before = standing(scene)
    assert change(scene, PROTECTED, seen(scene, 0, 2)) == 2
    after = standing(scene)
    assert [line.text for line in after] == [
        PROTECTED.of(before[0].text),
        before[1].text,
        PROTECTED.of(before[2].text),
    ]


def test_one_act_is_one_event_with_the_numbers_and_the_hash_of_its_rows(scene: Scene) -> None:
    before = len(told(scene))
    change(scene, PROTECTED, seen(scene, 0, 1, 2))
    (event,) = told(scene)[before:]
    assert event.kind == "disputes.lines_changed"
    assert (event.values()["lines"], event.values()["numbers"]) == (3, "1–3")
    assert event.values()["what"] == "limit_basis,protected"
    assert len(str(event.values()["digest"])) == 64


def test_a_line_that_moved_is_named_and_nothing_is_changed(scene: Scene) -> None:
    old, before = seen(scene, 0, 1, 2), standing(scene)
    mended = replace(before[1].text, budget_code="2511")
    entering.edit_line(scene.database, scene.secretary.id, before[1].id, mended, version=old[before[1].id])
    with pytest.raises(LinesMoved) as refused:
        change(scene, PROTECTED, old)
    assert refused.value.details["lines"] == "2"
    assert [line.text.protected for line in standing(scene)] == [False, False, False]


def test_a_line_that_was_withdrawn_meanwhile_counts_as_moved(scene: Scene) -> None:
    old = seen(scene, 0, 1)
    many.withdraw_lines(scene.database, scene.secretary.id, scene.sitting, scene.lines[:1], reason="Кош")
    with pytest.raises(LinesMoved) as refused:
        change(scene, PROTECTED, old)
    assert refused.value.details["lines"] == "1"


def test_a_line_that_says_it_already_keeps_its_version(scene: Scene) -> None:
    change(scene, DISTRICTS, seen(scene, 0))
    before = standing(scene)
    assert change(scene, DISTRICTS, seen(scene, 0, 1)) == 1
    assert standing(scene)[0].version == before[0].version
    with pytest.raises(NothingToChange):
        change(scene, DISTRICTS, seen(scene, 0, 1))


def test_what_decides_is_proposed_anew_and_refused_once_the_terms_are_fixed(scene: Scene) -> None:
    proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, new_terms())
    change(scene, PROTECTED, seen(scene, 0, 1))
    with scene.database.reading() as session:
        latest = latest_terms(session, scene.sitting)
    assert latest
    assert [(limit.line, limit.protected) for limit in latest.terms.limits] == [(1, True), (2, True)]
    settle_terms(scene)
    with pytest.raises(TermsAlreadyFixed):
        change(scene, Change({"protected": False}), seen(scene, 0))
    with pytest.raises(TermsAlreadyFixed):
        withdraw_chosen(scene.database, scene.secretary.id, scene.sitting, seen(scene, 0), reason="Кош")
    assert change(scene, DISTRICTS, seen(scene, 0)) == 1
    assert len(standing(scene)) == 3


def test_chosen_lines_are_withdrawn_by_one_event_with_their_reason(scene: Scene) -> None:
    before, lines = len(told(scene)), seen(scene, 0, 2)
    assert (
        withdraw_chosen(scene.database, scene.secretary.id, scene.sitting, lines, reason=" Макулдашылды ")
        == 2
    )
    assert [line.number for line in standing(scene)] == [2]
    (event,) = told(scene)[before:]
    assert (event.values()["numbers"], event.values()["reason"]) == ("1, 3", "Макулдашылды")
    many.restore_lines(scene.database, scene.secretary.id, scene.sitting, scene.lines[:1])
    assert [line.number for line in standing(scene)] == [1, 2]


def test_lines_are_withdrawn_as_they_were_seen_and_with_a_reason(scene: Scene) -> None:
    old = seen(scene, 0, 1)
    change(scene, DISTRICTS, seen(scene, 0))
    with pytest.raises(LinesMoved):
        withdraw_chosen(scene.database, scene.secretary.id, scene.sitting, old, reason="Кош")
    with pytest.raises(ReasonMissing):
        withdraw_chosen(scene.database, scene.secretary.id, scene.sitting, seen(scene, 0), reason=" ")
    assert len(standing(scene)) == 3


def test_nothing_chosen_too_much_chosen_and_lines_of_elsewhere_are_refused(scene: Scene) -> None:
    other = make_scene(scene.database, stage=Stage.PREPARING, terms=False)
    with pytest.raises(NothingChosen):
        change(scene, PROTECTED, {})
    with pytest.raises(TooManyLines):
        change(scene, PROTECTED, {str(each): 1 for each in range(MOST_LINES + 1)})
    with pytest.raises(Unknown):
        change(scene, PROTECTED, seen(scene, 0) | seen(other, 0))
    with scene.database.reading() as session:
        assert chosen_lines(session, scene.sitting, seen(other, 0)) == []


def test_only_the_secretary_changes_lines_and_only_while_preparing(scene: Scene) -> None:
    for person in (scene.chair, scene.minister):
        with pytest.raises(NotYours):
            change_lines(scene.database, person.id, scene.sitting, seen(scene, 0), PROTECTED)
    settle_terms(scene)
    service.start_collecting(scene.database, scene.key, scene.secretary.id, scene.sitting)
    with pytest.raises(WrongStage):
        change(scene, DISTRICTS, seen(scene, 0))


def test_numbers_are_drawn_together_from_three_on() -> None:
    assert in_short([]) == ""
    assert in_short([1, 2, 4, 5, 6, 9]) == "1, 2, 4–6, 9"
