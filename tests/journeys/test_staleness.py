"""Whatever anybody does, no page a browser has kept is shown for one that says something else by now."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import pytest
from werkzeug.test import TestResponse

from budgetproto.accounts import managing
from budgetproto.accounts.domain import Person, Role
from budgetproto.database import now
from budgetproto.disputes.opened.values import OpenValues
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions import filing
from budgetproto.errors import ConciliationError
from budgetproto.i18n import NO_NAME, Named, Words
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings import trial_votes
from budgetproto.proceedings.domain import Attendee, Group, Outcome, Speech, Votes
from budgetproto.proceedings.following import service as following
from budgetproto.proceedings.following.domain import FollowUp
from budgetproto.proceedings.service import Recorded
from budgetproto.proceedings.trial_votes import Motion
from budgetproto.protocol import service as protocol
from budgetproto.protocol.correcting import begin_correction, drop_correction
from budgetproto.protocol.delivery.recording import record
from budgetproto.protocol.delivery.steps import Facts, Letter, Publication
from budgetproto.protocol.signing import service as signing
from budgetproto.sittings import mandates
from budgetproto.sittings import service as sittings
from budgetproto.sittings.day_calendar import enter_day
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.procedure import change_setting
from tests.counts import LONG
from tests.factories import (
    PASSWORD,
    Scene,
    file,
    file_all,
    make_party,
    make_person,
    make_scene,
    open_all,
    record_parts,
    start_session,
)
from tests.journeys.conftest import Visit
from tests.journeys.test_conditional import still
from tests.journeys.visitor import Visitor, token_of
from tests.stated import GRANTS, make_position

NAME: Final = Named("Иш", "Дело", "Matter")
TEXT: Final = Words(Named("Себеби бар", "Есть причина", "There is a reason"))
STEPS: Final = 15


@dataclass
class World:
    """An opened sitting, another that collects, those who read, and the chance that picks what is done."""

    scene: Scene
    sealed: Scene
    chance: random.Random
    administrator: Person
    readers: dict[str, Visitor] = field(default_factory=dict)
    made: int = 0

    def line(self) -> str:
        return self.chance.choice(self.scene.lines)

    def new(self) -> int:
        self.made += 1
        return self.made


def _step(world: World, stage: Stage) -> None:
    scene = world.scene
    sittings.take_step(scene.database, scene.secretary.id, scene.sitting, stage, reason="Кайра каралат")


def _attendance(world: World) -> None:
    members = [
        Attendee(Group.MEMBER, f"Депутат {place}", NO_NAME, NO_NAME, NO_NAME, place < 7, NO_NAME)
        for place in range(world.chance.randint(7, 11))
    ]
    proceedings.record_attendance(
        world.scene.database, world.scene.secretary.id, world.scene.sitting, members
    )


def _decide(world: World) -> None:
    recorded = Recorded(Som(world.new() * 100_000), Votes(6, 1, 0), Outcome.PARTLY_AGREED, None, TEXT)
    scene = world.scene
    with scene.database.reading() as session:
        known = proceedings.decisions(session, scene.secretary.id, scene.sitting)
    for line in scene.lines:
        version = known[line].version if line in known else 0
        proceedings.record_decision(scene.database, scene.secretary.id, line, recorded, version=version)


def _vote(world: World) -> None:
    scene, person = world.scene, world.scene.secretary.id
    with scene.database.reading() as session:
        seen = trial_votes.ballot(session, person, scene.sitting).basis.written()
        on = bishkek_day(now(session))
    adopted = world.chance.random() < 0.5
    votes, money = Votes(6, 0, 0) if adopted else Votes(0, 6, 0), Som(world.new() * 100_000)
    motion = Motion("A", money, NAME, TEXT, votes, on, adopted, TEXT)
    trial_votes.record_vote(scene.database, person, scene.sitting, motion, seen=seen)


def _propose(world: World) -> None:
    scene, chair = world.scene, make_person(world.scene.database, roles=frozenset({Role.CHAIR}))
    line, figure = world.line(), Som(world.new() * 100_000)
    with scene.database.reading() as session:
        known = proceedings.decisions(session, scene.secretary.id, scene.sitting)
    version = known[line].version if line in known else 0
    proceedings.propose(scene.database, chair.id, line, figure=figure, reason=TEXT, version=version)


def _opinion(world: World) -> None:
    scene = world.scene
    proceedings.give_opinion(
        scene.database, scene.unionist.id, scene.sitting, kind="opinion", author=NAME, words=TEXT
    )


def _follow_up(world: World) -> None:
    entered = FollowUp("adopted", Som(world.new() * 100_000), None, None, "Мыйзам", NAME)
    following.enter_follow_up(world.scene.database, world.scene.secretary.id, world.line(), entered)


def _speech(world: World) -> None:
    scene = world.scene
    proceedings.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, NAME)
    speech = Speech(heard=True, speaker="Бакыт Асанов", role=NAME, words=TEXT)
    proceedings.add_speech(scene.database, scene.secretary.id, scene.sitting, 1, speech)


def _setting(world: World) -> None:
    scene = world.scene
    value = str(world.chance.randint(5, 13))
    change_setting(scene.database, scene.secretary.id, "members_total", value=value, source=NAME)


def _day(world: World) -> None:
    day = date(2026, 3, 1) + timedelta(days=world.new())
    enter_day(world.scene.database, world.scene.secretary.id, day, working=False, name=NAME, source="Чечим")


def _mandate(world: World) -> None:
    scene, newcomer = world.scene, make_person(world.scene.database)
    mandates.enter_mandate(
        scene.database,
        scene.unionist.id,
        scene.sitting,
        delegate=newcomer.id,
        party_id=scene.union.id,
        capacity=NAME,
        paper=NAME,
    )


def _revoke(world: World) -> None:
    scene = world.scene
    mandates.revoke_mandate(
        scene.database,
        scene.minister.id,
        scene.sitting,
        delegate=scene.deputy.id,
        party_id=scene.ministry.id,
        reason="Башка ишке өттү",
    )


def _roles(world: World) -> None:
    wanted = frozenset(world.chance.sample([Role.MEMBER, Role.CHAIR, Role.ANALYST, Role.OBSERVER], 2))
    managing.change_roles(world.scene.database, world.administrator.id, world.scene.chair.id, wanted)


def _log_in_anew(world: World) -> None:
    name, visitor = world.chance.choice(list(world.readers.items()))
    visitor.send("/log-out")
    login = getattr(world.scene, name).login
    typed = {"login": login, "password": PASSWORD, "csrf_token": token_of(visitor.get("/log-in"))}
    assert visitor.client.post("/log-in", data=typed).status_code == 303


#: What can be done, in an order in which all of it can be.
def _deliver(world: World, facts: Facts) -> None:
    scene = world.scene
    record(scene.database, scene.secretary.id, scene.sitting, facts, reason="Себеп")


ACTS: Final[dict[str, Callable[[World], object]]] = {
    "setting": _setting,
    "day of the calendar": _day,
    "enter a body": lambda w: make_party(w.scene.database, name=NAME),
    "log out and in": _log_in_anew,
    "name a delegate": _mandate,
    "revoke a mandate": _revoke,
    "publish the option": lambda w: options.publish_option(
        w.scene.database, w.scene.secretary.id, w.scene.sitting
    ),
    "go back to opened": lambda w: _step(w, Stage.OPENED),
    "begin the session": lambda w: start_session(w.scene),
    "agenda and speech": _speech,
    "attendance": _attendance,
    "part of the associations": lambda w: record_parts(w.scene),
    "opinion": _opinion,
    "propose": _propose,
    "decide": _decide,
    "vote on a trial": _vote,
    "change roles": _roles,
    "close the session": lambda w: proceedings.close_session(
        w.scene.database, w.scene.secretary.id, w.scene.sitting
    ),
    "lay out": lambda w: signing.lay_out(w.scene.database, w.scene.secretary.id, w.scene.sitting),
    "issue": lambda w: protocol.issue(
        w.scene.database, w.scene.secretary.id, w.scene.sitting, reason="Кагазга кол коюлат"
    ),
    "send to parliament": lambda w: _deliver(w, Letter("1", date(2020, 5, 15), "Төрага")),
    "publish": lambda w: _deliver(w, Publication("all", date(2199, 1, 1))),
    "follow up": _follow_up,
    "archive": lambda w: _step(w, Stage.ARCHIVED),
    "correct": lambda w: begin_correction(
        w.scene.database, w.scene.secretary.id, w.scene.sitting, reason="Ката кеткен"
    ),
    "drop the correction": lambda w: drop_correction(
        w.scene.database, w.scene.secretary.id, w.scene.sitting, reason="Кереги жок"
    ),
}


def _file(world: World) -> None:
    party = world.chance.choice((world.sealed.union, world.sealed.cities))
    place = world.chance.randrange(len(world.sealed.lines))
    file(world.sealed, party, line=place, figure=GRANTS + Som(world.new() * 10_000))


def _draft(world: World) -> None:
    scene = world.sealed
    filing.save_draft(
        scene.database,
        scene.key,
        scene.mayor.id,
        scene.lines[0],
        party_id=scene.cities.id,
        position=make_position(rationale="Долбоор"),
        seen=world.chance.randrange(3),
    )


def _final(world: World) -> None:
    scene, final = world.sealed, world.chance.random() < 0.5
    filing.declare_final(
        scene.database, scene.unionist.id, scene.sitting, party_id=scene.union.id, final=final
    )


SEALED: Final[dict[str, Callable[[World], object]]] = {
    "file": _file,
    "keep a draft": _draft,
    "declare final": _final,
}


@pytest.fixture(params=range(2 if LONG else 1))
def world(request: pytest.FixtureRequest, visit: Visit, scene: Scene) -> World:
    """Open the positions of one sitting; let its people read, and another sitting collect."""
    file_all(scene)
    open_all(scene)
    administrator = make_person(scene.database, roles=frozenset({Role.ADMINISTRATOR}))
    sealed = make_scene(scene.database, key=scene.key)
    readers = {name: visit(getattr(scene, name)) for name in ("deputy", "chair", "secretary", "unionist")}
    return World(scene, sealed, random.Random(request.param), administrator, readers)


def pages(world: World) -> Iterator[tuple[str, str, TestResponse]]:
    for name, visitor in world.readers.items():
        for page in ("lines?sort=title", "lines.json", "option", "option/alternatives", "option/analysis"):
            yield name, page, visitor.get(f"/sittings/{world.scene.sitting}/{page}")


def test_a_page_that_says_something_else_has_another_mark_whatever_was_done(world: World) -> None:
    seen = {(name, page): answer for name, page, answer in pages(world)}
    done, moved = set(), 0
    for act in (*world.chance.sample(list(ACTS), len(ACTS)), *ACTS):
        try:
            ACTS[act](world)
            done.add(act)
        except ConciliationError:
            pass  # not possible now: that moves nothing either
        for name, page, new in pages(world):
            old = seen[name, page]
            changed = (new.status_code, still(new)) != (old.status_code, still(old))
            moved += changed
            if changed and "ETag" in old.headers:
                assert new.headers.get("ETag") != old.headers["ETag"], (act, name, page)
            seen[name, page] = new
    assert moved > 0
    assert done == ACTS.keys()


#: Made of what is worked out once and kept until the next act.
KEPT: Final = (
    "lines?sort=title",
    "lines.json?status=differing",
    "discrepancies",
    "discrepancies.csv",
    "protocol",
)


def test_what_is_kept_says_the_same_as_what_is_made_anew_whatever_was_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = world.readers["chair"]

    def asked() -> dict[str, tuple[int, str]]:
        answers = {page: visitor.get(f"/sittings/{world.scene.sitting}/{page}") for page in KEPT}
        return {page: (answer.status_code, still(answer)) for page, answer in answers.items()}

    asked()
    done = set()
    for act in (*world.chance.sample(list(ACTS), len(ACTS)), *ACTS):
        try:
            ACTS[act](world)
            done.add(act)
        except ConciliationError:
            continue  # not possible now: that moves nothing either
        found = asked()
        with monkeypatch.context() as patch:
            patch.setattr(OpenValues, "get", lambda _, _session, _sitting, _what, make: make())
            anew = asked()
        assert found == anew, act
    assert done == ACTS.keys()


def test_what_is_sealed_moves_no_mark_and_has_none(world: World) -> None:
    marks = {(name, page): answer.headers.get("ETag") for name, page, answer in pages(world)}
    other = Visitor(world.readers["deputy"].client.application, world.sealed.minister)
    address = f"/sittings/{world.sealed.sitting}/lines"
    before = other.get(address)
    assert "ETag" not in before.headers
    done = set()
    for _ in range(STEPS):
        act = world.chance.choice(list(SEALED))
        try:
            SEALED[act](world)
            done.add(act)
        except ConciliationError:
            pass  # a draft that was kept with another number
        after = other.get(address)
        assert "ETag" not in after.headers, act
        assert still(after) == still(before), act
    assert done == SEALED.keys()
    assert {(name, page): answer.headers.get("ETag") for name, page, answer in pages(world)} == marks
