"""Texts of a draft as files: who attaches what, that none is lost or changed, and who reads them."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from budgetproto.accounts.domain import Person
from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination import storage
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import Related, TextTooLong
from budgetproto.coordination.happenings import Attached, TextKind, TextLanguage
from budgetproto.coordination.public import service as public
from budgetproto.coordination.public.domain import Scope
from budgetproto.coordination.service import ActMoved
from budgetproto.coordination.texts import refusals as unfit
from budgetproto.coordination.texts.domain import (
    JUDGED,
    MOST_BYTES,
    MOST_TEXTS,
    OF_BODIES,
    check_text,
    kinds_for,
    lacking,
    texts,
)
from budgetproto.coordination.texts.service import attach, text_file
from budgetproto.database import Database, now
from budgetproto.disputes.positions.attachments.file_kinds import KindNotTaken, NotItsKind
from budgetproto.disputes.positions.attachments.values import FileEmpty, FileTooLarge
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.operations.verification import altered_records
from budgetproto.sittings.domain import Stage as Stages
from tests.coordination.going import START, goes, screened, served
from tests.coordination.held import DRAFT, Register, make_register
from tests.coordination.sheet_sample import text_of
from tests.factories import make_scene

BUNDLE = replace(DRAFT, related=(Related(Named("Жобо"), present=True), Related(Named("Тизме"))))
PAPER = "Долбоордун тексти: 1-статья. Үлүш 35 пайыз.\n".encode()
SECOND = "Долбоордун тексти: 1-статья. Үлүш 40 пайыз.\n".encode()
_DRAFT_TEXT = text_of("", TextKind.DRAFT, 1)


@pytest.fixture
def register(database: Database) -> Register:
    scene = make_scene(database, lines=1, terms=False, stage=Stages.PREPARING)
    return make_register(scene, BUNDLE)


def attaches(
    register: Register,
    person: Person,
    kind: TextKind = TextKind.DRAFT,
    *,
    body: str = "",
    name: str = "Долбоор.txt",
    content: bytes = PAPER,
    seen: int | None = None,
    **more: object,
) -> Course:
    """Attach a text as somebody; return the course as it is then."""
    said = Attached(body, kind, TextLanguage.KY, name, 0, "")
    what = replace(said, **more)  # type: ignore[arg-type]  # fields by name
    at = register.seen() if seen is None else seen
    return attach(register.scene.database, person.id, register.act, what, content, seen=at).course


def fetched(register: Register, person: Person, number: int) -> bytes:
    with register.scene.database.reading() as session:
        return text_file(session, person.id, register.act, number).content


@pytest.mark.parametrize("kind", TextKind)
def test_an_association_attaches_its_own_kinds_and_no_text_of_the_draft(kind: TextKind) -> None:
    course, what = screened(), text_of("union", kind, 1, "Аталышы")
    if kind in OF_BODIES:
        assert texts(goes(course, START, what))[0].said.body == "union"
    else:
        with pytest.raises(unfit.TextOfInitiator):
            goes(course, START, what)


def test_nobody_attaches_for_an_association_that_was_not_asked() -> None:
    with pytest.raises(no.NotAsked):
        goes(screened("union"), START, text_of("cities", TextKind.LETTER, 1))
    with pytest.raises(no.NotAsked):
        goes(Course(), START, text_of("union", TextKind.LETTER, 1))


def test_after_the_adoption_only_the_adopted_text_and_words_are_attached() -> None:
    adopted = goes(served(), START, h.Bypassed("?"), h.Adopted("№ 1"))
    assert set(kinds_for(("",), adopted, BUNDLE)) == set(TextKind) - JUDGED
    assert set(kinds_for(("",), served(), BUNDLE)) == set(TextKind) - {TextKind.ADOPTED}
    assert set(kinds_for(("union",), served(), BUNDLE)) == set(OF_BODIES)
    with pytest.raises(unfit.NotAdopted):
        goes(served(), START, text_of("", TextKind.ADOPTED, 1))
    with pytest.raises(no.IsAdopted):
        goes(adopted, START, _DRAFT_TEXT)


def test_the_text_of_a_companion_is_offered_once_one_has_arrived() -> None:
    assert TextKind.COMPANION not in set(kinds_for(("",), served(), DRAFT))


def test_a_text_comes_in_the_place_of_another_on_no_earlier_day() -> None:
    course = goes(screened(), START, _DRAFT_TEXT)
    again = text_of("", TextKind.DRAFT, 2, replaces=1)
    check_text(again, course, BUNDLE, on=START)
    with pytest.raises(no.BeforeItsReason):
        check_text(again, course, BUNDLE, on=START - timedelta(1))


def test_nothing_is_attached_to_a_draft_that_was_taken_back() -> None:
    with pytest.raises(no.IsWithdrawn):
        goes(Course(), START, h.Withdrawn("Кайра"), _DRAFT_TEXT)


def test_a_text_of_the_draft_that_comes_after_the_notice_or_the_close_is_marked() -> None:
    course = goes(screened(), START, _DRAFT_TEXT)
    course = goes(course, START, h.Served("union", "№ 1"), text_of("", TextKind.DRAFT, 2, replaces=1))
    course = goes(course, START, text_of("", TextKind.COMPARISON, 3))
    agrees = h.Opined("union", h.Stance.AGREES, "")
    course = goes(course, START, agrees, h.Closed(), text_of("", TextKind.DRAFT, 4, replaces=2))
    marks = [(each.after_notice, each.after_close) for each in texts(course)]
    assert marks == [(False, False), (True, False), (False, False), (True, True)]


def test_a_replaced_text_stays_beside_the_one_in_its_place_and_each_is_of_its_round() -> None:
    remark = h.Opined("union", h.Stance.WITH_REMARKS, "", (("3", "?"),))
    course = goes(served(), START, _DRAFT_TEXT, remark, h.Answered(1, h.Verdict.REJECTED, "Жок"))
    course = goes(course, START, h.Stood("union", 1, insists=True, why="?"), h.RoundBegun("5-статья"))
    assert list(lacking(course)) == [2]
    course = goes(course, START, text_of("", TextKind.DRAFT, 2, replaces=1))
    assert [(each.number, each.round, each.replaced_by) for each in texts(course)] == [(1, 1, 2), (2, 2, 0)]
    assert list(lacking(course)) == []


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        (text_of("", TextKind.OTHER, 9), unfit.TextUntitled),
        (text_of("", TextKind.OTHER, 9, "a" * 301), TextTooLong),
        (text_of("", TextKind.COMPANION, 9), unfit.CompanionUnnamed),
        (text_of("", TextKind.COMPANION, 9, companion=3), unfit.CompanionUnnamed),
        (text_of("", TextKind.COMPANION, 9, companion=2), unfit.CompanionNotArrived),
        (text_of("", TextKind.DRAFT, 9, companion=1), unfit.OfNoCompanion),
        (text_of("", TextKind.PROOF, 1), unfit.TextTwice),
        (text_of("", TextKind.DRAFT, 9, replaces=1), unfit.TextReplaced),
        (replace(text_of("", TextKind.DRAFT, 9, replaces=2), size=MOST_BYTES), unfit.TextsTooLarge),
        (text_of("", TextKind.DRAFT, 9, replaces=3), unfit.AnotherText),
        (text_of("", TextKind.DRAFT, 9, replaces=99), unfit.AnotherText),
        (text_of("", TextKind.EXPLANATION, 9, replaces=2), unfit.AnotherText),
        (replace(text_of("", TextKind.PROOF, 9), size=MOST_BYTES), unfit.TextsTooLarge),
    ],
)
def test_what_cannot_be_attached(what: Attached, refusal: type[Refused]) -> None:
    course = goes(screened(), START, _DRAFT_TEXT, text_of("", TextKind.DRAFT, 2, replaces=1))
    course = goes(course, START, text_of("union", TextKind.LETTER, 1))
    with pytest.raises(refusal):
        check_text(what, course, BUNDLE, on=START)


def test_one_side_can_attach_only_so_many_and_does_not_use_up_the_other_s() -> None:
    many = tuple(text_of("union", TextKind.LETTER, number) for number in range(1, MOST_TEXTS + 1))
    course = goes(screened("union", "cities"), START, *many)
    with pytest.raises(unfit.TooManyTexts):
        check_text(text_of("union", TextKind.LETTER, 99), course, BUNDLE, on=START)
    check_text(text_of("cities", TextKind.LETTER, 99), course, BUNDLE, on=START)
    check_text(text_of("", TextKind.DRAFT, 99), course, BUNDLE, on=START)


def test_a_text_is_kept_with_the_hash_of_its_bytes_and_read_by_both_sides(register: Register) -> None:
    scene = register.scene
    register.screen()
    course = attaches(register, scene.minister)
    found = texts(course)[0].said
    assert (found.name, found.size) == ("Долбоор.txt", len(PAPER))
    assert found.digest == hashlib.sha256(PAPER).hexdigest()
    for person in (scene.minister, scene.unionist, scene.mayor, scene.secretary, scene.chair):
        assert fetched(register, person, 1) == PAPER
    for person, number in ((scene.outsider, 1), (scene.unionist, 2), (scene.unionist, 0)):
        with pytest.raises(Unknown):
            fetched(register, person, number)


def test_each_side_attaches_for_itself_alone(register: Register) -> None:
    scene = register.scene
    register.screen()
    attaches(register, scene.unionist, TextKind.LETTER, body=scene.union.id)
    for person, body in (
        (scene.unionist, ""),
        (scene.unionist, scene.cities.id),
        (scene.minister, scene.union.id),
        (scene.chair, ""),
    ):
        with pytest.raises(NotPermitted):
            attaches(register, person, TextKind.LETTER, body=body, content=SECOND)
    with pytest.raises(Unknown):
        attaches(register, scene.outsider, content=SECOND)
    assert len(texts(register.told().course)) == 1


def test_the_step_alone_without_its_bytes_is_recorded_by_nobody(register: Register) -> None:
    with pytest.raises(Unknown):
        register.record(register.scene.secretary, _DRAFT_TEXT)


def test_what_the_keeper_attaches_for_a_side_is_marked(register: Register) -> None:
    scene = register.scene
    register.screen()
    attaches(register, scene.minister)
    attaches(register, scene.secretary, content=SECOND)
    attaches(register, scene.secretary, TextKind.LETTER, body=scene.union.id)
    with scene.database.reading() as session:
        kept = sorted(storage.kept_places(session, register.act))
    assert kept == [2, 3]


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.txt", b"", FileEmpty),
        ("a.txt", b"a" * (10 * 2**20 + 1), FileTooLarge),
        ("a.exe", b"MZ", KindNotTaken),
        ("a.pdf", PAPER, NotItsKind),
    ],
)
def test_a_file_that_is_none_is_refused_and_nothing_changes(
    register: Register, name: str, content: bytes, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        attaches(register, register.scene.secretary, name=name, content=content)
    assert register.seen() == 0


def test_whoever_has_not_seen_the_last_step_is_told(register: Register) -> None:
    attaches(register, register.scene.secretary)
    with pytest.raises(ActMoved):
        attaches(register, register.scene.minister, content=SECOND, seen=0)


def test_bytes_and_steps_are_never_changed_and_the_check_tells_when_they_are(register: Register) -> None:
    database = register.scene.database
    attaches(register, register.scene.secretary)
    for change in ("UPDATE coordination_text SET content = 'x'", "DELETE FROM coordination_text"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.writing() as session:
            session.connection().execute(sa.text(change))
    with database.reading() as session:
        assert list(altered_records(session)) == []


@pytest.mark.parametrize(
    "change", ["UPDATE coordination_text SET content = X'00'", "DELETE FROM coordination_text"]
)
def test_altered_or_missing_bytes_are_found(sqlite_database: Database, change: str) -> None:
    scene = make_scene(sqlite_database, lines=1, terms=False, stage=Stages.PREPARING)
    register = make_register(scene, BUNDLE)
    attaches(register, scene.secretary)
    with sqlite_database.writing() as session:
        for verb in ("update", "delete"):
            session.connection().execute(sa.text(f"DROP TRIGGER coordination_text_no_{verb}"))
        session.connection().execute(sa.text(change))
    with sqlite_database.reading() as session:
        assert [each.key for each in altered_records(session)] == ["coordination.altered"]


def test_everybody_gets_the_files_only_where_the_keeper_opened_them(register: Register) -> None:
    scene = register.scene
    attaches(register, scene.minister, name=f"Долбоор {scene.minister.name}.txt", title="Биринчи")
    scopes: tuple[Scope, ...] = ("course", "all", "files")
    for scope in scopes:
        with scene.database.reading() as session:
            today = bishkek_day(now(session))
        public.publish(scene.database, scene.secretary.id, register.act, scope, since=today, reason="Чечим")
        with scene.database.reading() as session:
            found = public.one(session, 1)
            text = found.texts[0]
            assert text.digest == hashlib.sha256(PAPER).hexdigest()
            assert scene.minister.name not in repr(found)
            assert (text.title == "Биринчи", bool(text.name)) == (scope != "course", scope != "course")
            if scope == "files":
                assert public.text_file(session, 1, 1).content == PAPER
                assert scene.minister.name not in public.text_file(session, 1, 1).name
            else:
                with pytest.raises(Unknown):
                    public.text_file(session, 1, 1)
    for kind in (TextKind.PROOF, TextKind.MINUTES):
        content = kind.value.encode()
        attaches(register, scene.minister, kind, name=f"{kind.value}.txt", content=content)
    with scene.database.reading() as session:
        today = bishkek_day(now(session))
    public.publish(scene.database, scene.secretary.id, register.act, "files", since=today, reason="Чечим")
    with scene.database.reading() as session:
        assert [each.number for each in public.one(session, 1).texts] == [1], "who was served, who came"
        assert public.text_file(session, 1, 1).content == PAPER
    for number, text_number in ((1, 2), (1, 3), (1, 4), (2, 1)):
        with scene.database.reading() as session, pytest.raises(Unknown):
            public.text_file(session, number, text_number)
