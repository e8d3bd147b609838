"""What everybody may read of a draft: what its keeper published, without persons, and nothing else."""

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from budgetproto.coordination import happenings as h
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.coordination.public import service
from budgetproto.coordination.public.domain import SCOPES, PublicAct, Publication, Scope, scope_on
from budgetproto.coordination.public.in_force_storage import count_public, public_rows
from budgetproto.coordination.public.service import PublicationInThePast, PublicationUnexplained
from budgetproto.coordination.public.storage import ActPublicationRow
from budgetproto.coordination.storage import ActRow
from budgetproto.database import Database, now
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n.formatting import BISHKEK, bishkek_day
from budgetproto.journal import act_chain
from budgetproto.journal.storage import check, entries
from budgetproto.operations.verification import altered_records
from budgetproto.sittings.domain import Stage as Stages
from tests.coordination.held import Register, make_register, opinion
from tests.factories import make_scene

MONDAY = date(2026, 11, 2)


@pytest.fixture
def register(database: Database) -> Register:
    scene = make_scene(database, lines=1, terms=False, stage=Stages.PREPARING)
    made = make_register(scene).served()
    made.record(scene.unionist, opinion(scene.union))
    answer = h.Answered(1, Verdict.REJECTED, f"Акча жок, {scene.secretary.name}")
    made.record(scene.secretary, answer)
    return made


def publish(register: Register, scope: Scope, *, days: int = 0, reason: str = "Чечим") -> None:
    scene = register.scene
    with scene.database.reading() as session:
        since = bishkek_day(now(session)) + timedelta(days)
    service.publish(scene.database, scene.secretary.id, register.act, scope, since=since, reason=reason)


def read(register: Register) -> PublicAct:
    with register.scene.database.reading() as session:
        return service.one(session, 1)


@pytest.mark.parametrize(
    ("decisions", "day", "scope"),
    [
        ((), 0, None),
        ((("course", 0, 0),), 0, "course"),
        ((("course", 3, 0),), 2, None),
        ((("course", 3, 0),), 3, "course"),
        ((("course", 0, 0), ("all", 5, 1)), 4, "course"),
        ((("course", 0, 0), ("all", 5, 1)), 5, "all"),
        ((("course", 0, 0), ("all", 5, 1), ("nothing", 2, 2)), 5, "nothing"),
        ((("all", 5, 1), ("course", 9, 2)), 6, None),
    ],
)
def test_what_holds_on_a_day(
    decisions: tuple[tuple[Scope, int, int], ...], day: int, scope: Scope | None
) -> None:
    made = tuple(
        Publication(each, MONDAY + timedelta(since), MONDAY + timedelta(decided))
        for each, since, decided in decisions
    )
    found = scope_on(made, MONDAY + timedelta(day))
    assert (found.scope if found else None) == scope


def test_the_list_has_what_holds_on_a_day_by_the_same_rule(database: Database) -> None:
    """Hundreds of courses of decisions, each made shortly before or after midnight in Bishkek."""
    random, acts = Random(7), 300
    midnight = datetime.combine(MONDAY, time(), BISHKEK)
    made = {
        f"act{number:03}": [
            ActPublicationRow(
                act=f"act{number:03}",
                number=place,
                scope=random.choice(SCOPES),
                since=MONDAY + timedelta(at // 2 + random.choice((0, 0, 1, 2, 4))),
                reason="Чечим",
                person="",
                at=midnight
                + timedelta(hours=12 * at + random.choice((0, 11)), minutes=random.choice((0, 59))),
            )
            for place, at in enumerate(sorted(random.choices(range(8), k=random.randrange(5))), start=1)
        ]
        for number in range(1, acts + 1)
    }
    with database.writing() as session:
        for number, (act, rows) in enumerate(made.items(), start=1):
            session.add(
                ActRow(id=act, number=number, level="ministry", document="{}", entered_on=MONDAY, stage="")
            )
            session.flush()
            session.add_all(rows)
        session.flush()
        for day in (MONDAY + timedelta(days) for days in range(4, 9)):
            standing = {
                act: scope_on(tuple(each.publication() for each in rows), day) for act, rows in made.items()
            }
            public = [act for act, each in standing.items() if each and each.scope != "nothing"][::-1]
            assert 50 < len(public) < acts - 50
            assert [row.id for row in public_rows(session, day)] == public
            assert [row.id for row in public_rows(session, day, first=25, most=25)] == public[25:50]
            assert count_public(session, day) == len(public)


def test_nothing_is_public_until_the_keeper_says_so_and_nothing_after_he_withdraws(
    register: Register,
) -> None:
    with pytest.raises(Unknown):
        read(register)
    publish(register, "all", days=1)
    with pytest.raises(Unknown):
        read(register)
    publish(register, "all")
    assert read(register).scope == "all"
    publish(register, "nothing")
    with pytest.raises(Unknown):
        read(register)


def test_of_the_course_alone_no_text_is_told(register: Register) -> None:
    publish(register, "course")
    found = read(register)
    assert (found.opinions[0].stance, found.opinions[0].text) == (Stance.WITH_REMARKS, "")
    assert (found.remarks[0].verdict, found.remarks[0].text, found.remarks[0].reason) == (
        Verdict.REJECTED,
        "",
        "",
    )


def test_texts_are_told_without_the_name_of_who_recorded_them(register: Register) -> None:
    publish(register, "all")
    found = read(register)
    assert found.remarks[0].text == "Коэффициент сакталсын"
    assert "Акча жок" in found.remarks[0].reason
    assert register.scene.secretary.name not in repr(found)


def test_who_was_served_or_spoken_with_is_never_told(register: Register) -> None:
    secretary = register.scene.secretary
    register.record(secretary, h.Consulted("Айбек Токтогулов", "Каршы", "Эч нерсе"))
    publish(register, "all")
    found = repr(read(register))
    assert "Токтогулов" not in found
    assert "№ 1" not in found


def test_only_the_keeper_decides_and_says_why(register: Register) -> None:
    scene = register.scene
    for person, refusal in (
        (scene.unionist, NotPermitted),
        (scene.chair, NotPermitted),
        (scene.outsider, Unknown),
    ):
        with pytest.raises(refusal):
            service.publish(scene.database, person.id, register.act, "all", since=MONDAY, reason="Чечим")
    with pytest.raises(PublicationUnexplained):
        publish(register, "all", reason=" ")
    with pytest.raises(PublicationInThePast):
        publish(register, "all", days=-1)


def test_each_decision_stays_and_is_told_in_the_chain_of_the_draft(register: Register) -> None:
    publish(register, "course")
    publish(register, "all", reason="Сурам боюнча")
    database = register.scene.database
    with database.reading() as session:
        found = service.decided(session, register.scene.secretary.id, register.act)
        told = [each.kind for each in entries(session, act_chain(register.act))]
        assert check(session, act_chain(register.act)) is None
        assert list(altered_records(session)) == []
    assert [(each.scope, each.reason) for each in found.decisions] == [
        ("course", "Чечим"),
        ("all", "Сурам боюнча"),
    ]
    assert told[-2:] == ["coordination.publication_set"] * 2
    table = "coordination_publication"
    for statement in (f"UPDATE {table} SET scope = 'all'", f"DELETE FROM {table}"):
        with pytest.raises(sa.exc.DBAPIError), database.writing() as session:
            session.connection().exec_driver_sql(statement)
