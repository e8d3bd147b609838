"""The sums beside a draft are those of its course after every step, and are made anew where they are old."""

import pytest
import sqlalchemy as sa
from sqlmodel import select

from budgetproto.coordination import happenings as h
from budgetproto.coordination import service
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.coordination.storage import ActRow, KeyRow, TallyRow
from budgetproto.coordination.summary import summary
from budgetproto.operations.verification import altered_records
from tests.coordination.held import Register, opinion
from tests.coordination.test_service import register

__all__ = ["register"]


def kept(register: Register) -> tuple[ActRow, dict[str, TallyRow]]:
    with register.scene.database.reading() as session:
        row = session.get(ActRow, register.act)
        assert row is not None
        tallies = session.exec(select(TallyRow).where(TallyRow.act == register.act))
        return row, {tally.body: tally for tally in tallies}


def agrees_with_the_course(register: Register) -> None:
    row, tallies = kept(register)
    act = register.told()
    with register.scene.database.reading() as session:
        found = summary(act.draft, act.course, service.deadlines_of(session, act), entered=row.entered_on)
    assert (row.reckoned, row.stage, row.due_on) == (row.steps, act.course.stage.value, found.due_on)
    assert (row.bypassed_on, row.adopted_on) == (found.bypassed_on, found.adopted_on)
    assert row.remarks == len(act.course.remarks)
    assert row.unanswered == len(act.course.unanswered)
    assert {tally.body: tally.unanswered for tally in found.tallies} == {
        body: tally.unanswered for body, tally in tallies.items()
    }


def test_the_sums_follow_every_step(register: Register) -> None:
    scene = register.scene
    agrees_with_the_course(register)
    register.served()
    agrees_with_the_course(register)
    for person, step in (
        (scene.unionist, opinion(scene.union)),
        (scene.mayor, opinion(scene.cities, Stance.AGREES)),
        (scene.minister, h.Answered(1, Verdict.REJECTED, "Каражат жок")),
        (scene.secretary, h.Bypassed("Шашылыш")),
        (scene.secretary, h.Adopted("№ 12")),
    ):
        register.record(person, step)
        agrees_with_the_course(register)
    _, tallies = kept(register)
    assert tallies[scene.union.id].rejected == 1


def test_an_adopted_act_is_known_by_its_number(register: Register) -> None:
    register.served()
    register.record(register.scene.secretary, h.Bypassed("Шашылыш"))
    register.record(register.scene.secretary, h.Adopted("№ 12"))
    with register.scene.database.reading() as session:
        (key,) = session.exec(select(KeyRow))
    assert key.own
    assert key.key.endswith(" 12")


def test_sums_that_are_older_than_the_last_step_are_made_anew_once(register: Register) -> None:
    register.served()
    database = register.scene.database
    with database.writing() as session:
        forgot = "UPDATE coordination_act SET reckoned = -1, words = '', year = 0, stage = 'registered'"
        session.connection().execute(sa.text(forgot))
    assert service.reckon_all(database) == 1
    agrees_with_the_course(register)
    row, _ = kept(register)
    assert row.words
    assert row.year
    assert service.reckon_all(database) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE coordination_act SET bypassed_on = NULL",
        "UPDATE coordination_act SET stage = 'closed', conclusion = 'agreed'",
        "UPDATE coordination_act SET unanswered = 0",
        "UPDATE coordination_tally SET unanswered = 0, accepted = 1",
        "DELETE FROM coordination_tally",
    ],
)
def test_sums_that_were_changed_behind_the_steps_are_found(register: Register, statement: str) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union))
    register.record(scene.secretary, h.Bypassed("Шашылыш"))
    with scene.database.reading() as session:
        assert list(altered_records(session)) == []
    with scene.database.writing() as session:
        session.connection().exec_driver_sql(statement)
    with scene.database.reading() as session:
        assert [each.key for each in altered_records(session)] == ["coordination.sums_altered"]
