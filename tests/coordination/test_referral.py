"""A disputed point becomes a contested line in one step: both or neither, with all that was said of it."""

from dataclasses import replace

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination.domain import LONGEST_TEXT
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.coordination.referral import origins_of, refer, referable, sittings_prepared
from budgetproto.coordination.service import ActMoved
from budgetproto.disputes import storage as lines
from budgetproto.disputes.domain import Line, LineText
from budgetproto.disputes.lines import history
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import LANGUAGES, NO_NAME
from budgetproto.sittings.domain import Stage, WrongStage
from tests.coordination.held import Register
from tests.coordination.test_service import register
from tests.factories import make_scene

__all__ = ["register"]

REMARKS = (("3-пункт", "Коэффициент сакталсын"), ("4-пункт", "Мөөнөт узартылсын"))
SAID = "Каражат жок"


@pytest.fixture
def disputed(register: Register) -> Register:
    """Give a draft on which the union disagreed, was rejected, and insists on one of two remarks."""
    scene = register.served().scene
    register.record(scene.unionist, h.Opined(scene.union.id, Stance.DISAGREES, "Каршыбыз", REMARKS))
    register.record(scene.minister, h.Answered(1, Verdict.REJECTED, SAID))
    register.record(scene.minister, h.Answered(2, Verdict.ACCEPTED, ""))
    register.record(scene.unionist, h.Stood(scene.union.id, 1, insists=True, why="Убада берилген"))
    register.record(scene.secretary, h.Met("Асанов А., Үсөнова Б.", "Макулдашылган жок", (2,)))
    return register


def text(register: Register) -> LineText:
    with register.scene.database.reading() as session:
        line, *_ = lines.lines(session, register.scene.sitting)
    return replace(line.text, legal_basis=NO_NAME, history=())


def referred(register: Register, remark: int = 1, **other: object) -> str:
    scene = register.scene
    values = {"sitting_id": scene.sitting, "text": text(register), "seen": register.seen(), **other}
    person = values.pop("person", scene.secretary)
    return refer(scene.database, person.id, register.act, remark, **values)  # type: ignore[attr-defined,arg-type]


def line_of(register: Register, line: str) -> Line:
    with register.scene.database.reading() as session:
        return next(each for each in lines.lines(session, register.scene.sitting) if each.id == line)


def test_the_line_has_the_draft_as_its_source_and_the_whole_history(disputed: Register) -> None:
    found = line_of(disputed, referred(disputed))
    for language in LANGUAGES:
        assert "№ 1" in found.text.legal_basis.text(language) or "No. 1" in found.text.legal_basis.text("en")
    told = [entry.text.text("ky") for entry in found.text.history]
    assert [next((word for word in _WORDS if word in each), "") for each in told] == list(_WORDS)
    assert [entry.party for entry in found.text.history[3:6]] == [
        disputed.scene.union.id,
        disputed.scene.union.id,
        disputed.scene.ministry.id,
    ]


def test_the_longest_consultation_stands_in_a_history_that_the_form_of_the_line_takes_back(
    disputed: Register,
) -> None:
    word = "ы" * LONGEST_TEXT
    disputed.record(disputed.scene.secretary, h.Consulted("Ноокат шаары", word, word))
    told = [each.text for each in line_of(disputed, referred(disputed)).text.history]
    longest = max(len(said.text(language)) for said in told for language in LANGUAGES)
    assert 2 * LONGEST_TEXT < longest <= history.LONGEST


def test_what_was_said_and_changed_on_the_way_stands_in_the_history_too(disputed: Register) -> None:
    scene = disputed.scene
    disputed.record(scene.minister, h.Consulted("Асанов А.", "Үлүштү сактоо", "Жыйындан кийин"))
    disputed.record(scene.minister, h.Answered(1, Verdict.REJECTED, "Башка негиз", changed="Ката оңдолду"))
    told = " ".join(each.text.text("ky") for each in line_of(disputed, referred(disputed)).text.history)
    assert all(word in told for word in ("Үлүштү сактоо", "Жыйындан кийин", "Башка негиз", "Ката оңдолду"))
    assert "Асанов" not in told


def test_the_line_names_nobody_who_was_at_the_meeting(disputed: Register) -> None:
    found = line_of(disputed, referred(disputed))
    assert not any("Асанов" in entry.text.text("ky") for entry in found.text.history)


_WORDS = (
    "Теңдөө тартиби",
    "макулдашуу милдеттүү",
    "тапшырылды",
    "Каршыбыз",
    "Коэффициент сакталсын",
    SAID,
    "Убада берилген",
    "Макулдашылган жок",
)


def test_draft_and_line_know_each_other(disputed: Register) -> None:
    line = referred(disputed)
    course = disputed.told().course
    assert course.referred[1] == h.Referred(1, disputed.scene.sitting, line)
    with disputed.scene.database.reading() as session:
        (origin,) = origins_of(session, disputed.scene.unionist.id, line)
        assert (origin.act, origin.point.remark.number) == (disputed.act, 1)
        assert origins_of(session, disputed.scene.outsider.id, line) == ()
        assert origins_of(session, disputed.scene.unionist.id, disputed.scene.lines[0]) == ()


def test_a_later_word_stands_with_the_origin_of_the_line(disputed: Register) -> None:
    line = referred(disputed)
    scene = disputed.scene
    disputed.record(scene.minister, h.Answered(1, Verdict.PARTLY, "Жарымы", changed="Эсеп такталды"))
    with scene.database.reading() as session:
        (origin,) = origins_of(session, scene.unionist.id, line)
    assert "Жарымы" in origin.point.history[-1].text.text("ky")


def test_a_point_is_referred_once_and_only_while_it_is_disputed(disputed: Register) -> None:
    with pytest.raises(no.SettledAlready):
        referred(disputed, 2)
    referred(disputed)
    with pytest.raises(no.ReferredAlready):
        referred(disputed)
    with pytest.raises(no.NoSuchRemark):
        referred(disputed, 9)
    with disputed.scene.database.reading() as session, pytest.raises(no.ReferredAlready):
        referable(session, disputed.scene.secretary.id, disputed.act, 1)


def test_what_is_refused_leaves_neither_line_nor_step(disputed: Register) -> None:
    scene, seen = disputed.scene, disputed.seen()
    for person in (scene.unionist, scene.minister, scene.chair):
        with pytest.raises(NotPermitted):
            referred(disputed, person=person)
    with pytest.raises(Unknown):
        referred(disputed, person=scene.outsider)
    with pytest.raises(ActMoved):
        referred(disputed, seen=seen - 1)
    other = make_scene(scene.database, key=scene.key, lines=1)
    with pytest.raises(WrongStage):
        referred(disputed, sitting_id=other.sitting)
    assert disputed.seen() == seen
    with scene.database.reading() as session:
        assert len(lines.lines(session, scene.sitting)) == 1
        offered = sittings_prepared(session, scene.secretary.id)
        assert [each.stage for each in offered] == [Stage.PREPARING]
        assert sittings_prepared(session, scene.unionist.id) == []


def test_a_line_that_exists_may_be_named_and_no_other_id_comes_in(disputed: Register) -> None:
    scene = disputed.scene
    elsewhere = make_scene(scene.database, key=scene.key, lines=1)
    for sitting, line in ((scene.sitting, "nothing"), (scene.sitting, elsewhere.lines[0]), ("no", "no")):
        with pytest.raises(Unknown):
            disputed.record(scene.secretary, h.Referred(1, sitting, line))
    disputed.record(scene.secretary, h.Referred(1, scene.sitting, scene.lines[0]))
    with scene.database.reading() as session:
        (origin,) = origins_of(session, scene.minister.id, scene.lines[0])
    assert origin.point.remark.text == REMARKS[0][1]
