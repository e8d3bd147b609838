"""The coordination sheet: every word of a draft's way on one paper, kept as it was when the draft went on."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from budgetproto.coordination import happenings as h
from budgetproto.coordination.paper.composing import compose
from budgetproto.coordination.paper.document import digest, read_sheet, written
from budgetproto.coordination.paper.drawing import draw_sheet
from budgetproto.coordination.paper.storage import sheet_row
from budgetproto.coordination.storage import course, known_act
from budgetproto.database import Database
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.operations.verification import altered_records
from budgetproto.sittings.domain import Stage
from tests.coordination.held import Register, make_register, opinion
from tests.coordination.sheet_sample import sample
from tests.factories import drop_guard, make_scene
from tests.protocol.archival import verdicts
from tests.protocol.reading import layout_text, plain_text
from tests.protocol.test_drawing import GOLDEN, UPDATE

poppler = pytest.mark.poppler
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@poppler
@in_every_language
def test_the_text_of_the_sheet_is_as_agreed(language: Language) -> None:
    found = re.sub(r" +", " ", layout_text(draw_sheet(sample(), language)))
    golden = GOLDEN / f"coordination_sheet_{language}.txt"
    if UPDATE:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@in_every_language
def test_a_sheet_read_back_from_its_facts_is_printed_in_the_same_bytes(language: Language) -> None:
    for steps in range(len(sample().steps) + 1):
        facts = written(sample(steps))
        assert read_sheet(facts) == sample(steps)
        assert written(read_sheet(facts)) == facts
    assert draw_sheet(read_sheet(facts), language) == draw_sheet(sample(), language)


@poppler
def test_its_hash_stands_on_its_last_page_and_is_of_every_word() -> None:
    found = digest(sample())
    assert found == hashlib.sha256(written(sample()).encode()).hexdigest()
    assert found in plain_text(draw_sheet(sample(), "ky"))
    assert "0" * 64 in plain_text(draw_sheet(sample(), "ky", "0" * 64)), "what is on record stays"
    other = replace(sample(), as_of=date(2026, 12, 22))
    assert len({found, digest(other), digest(sample(5))}) == 3


def test_what_was_late_or_never_done_is_counted() -> None:
    assert sample(1).late == sample(1).not_done == 0
    # The notice to the cities and the union's second opinion; the cities were silent in both rounds.
    assert (sample().late, sample().not_done) == (2, 2)
    assert sample(5, date(2026, 11, 6)).not_done == 0
    assert sample(5, date(2026, 11, 7)).not_done == 1, "the notice to the cities was due on the 6th"


def test_every_association_stands_in_every_round_a_silent_one_too() -> None:
    said = [(each.round, each.body, each.on, each.until) for each in sample().said]
    assert said == [
        (1, "cities", None, date(2026, 11, 26)),
        (1, "union", date(2026, 11, 16), date(2026, 11, 18)),
        (2, "cities", None, date(2026, 12, 8)),
        (2, "union", date(2026, 12, 9), date(2026, 12, 7)),
    ]


@poppler
@in_every_language
def test_markup_in_somebodys_words_is_printed_as_it_was_typed(language: Language) -> None:
    draft = replace(sample().draft, reference="<b>1 & 2</b>")
    assert "<b>1 & 2</b>" in plain_text(draw_sheet(replace(sample(), draft=draft), language))


@pytest.mark.verapdf
def test_the_sheets_are_for_archives_and_screen_readers() -> None:
    files = {language: draw_sheet(sample(), language) for language in LANGUAGES}
    found = verdicts(files | {"empty": draw_sheet(sample(0), "ky")})
    assert set(found.values()) == {""}
    assert len(found) == 8


@pytest.fixture
def register(database: Database) -> Register:
    scene = make_scene(database, lines=1, terms=False, stage=Stage.PREPARING)
    return make_register(scene).served()


def submitted(register: Register) -> str:
    """Let a draft go on past coordination; return the hash of the sheet that went with it."""
    scene = register.scene
    register.record(scene.unionist, opinion(scene.union))
    register.record(scene.secretary, h.Bypassed("Бир күндө үч окуу"))
    register.record(scene.secretary, h.Submitted("ЖК, № 6-123", sheet="0" * 64))
    found = register.told().course.submitted
    assert found is not None
    return found.sheet


def test_the_sheet_goes_with_the_draft_and_stays_as_it_was(register: Register) -> None:
    scene, found = register.scene, submitted(register)
    with scene.database.reading() as session:
        kept = sheet_row(session, register.act)
        assert kept is not None
        assert kept.digest == digest(kept.sheet()) == found, "nobody types the hash in"
        assert len(kept.sheet().steps) == register.seen() - 1
    register.record(scene.minister, h.Answered(1, h.Verdict.ACCEPTED, ""))
    with scene.database.writing() as session:
        session.connection().execute(sa.text("UPDATE account_party SET name_ky = 'Башка аталыш'"))
    with scene.database.reading() as session:
        again = sheet_row(session, register.act)
        row = known_act(session, register.act)
        today = compose(session, row, course(session, row.id), again.sheet().as_of) if again else None
    assert again is not None
    assert again.document == kept.document
    assert today is not None
    assert digest(today) != found
    assert len(today.steps) == register.seen()


def test_the_sheet_in_the_register_says_what_the_page_says(register: Register) -> None:
    scene = register.scene
    submitted(register)
    with scene.database.reading() as session:
        kept = sheet_row(session, register.act)
        assert kept is not None
        facts = json.loads(kept.document)
    assert [each["kind"] for each in facts["steps"]] == [
        *("screened", "served", "served", "opined", "bypassed"),
    ]
    assert {each["duty"]["state"] for each in facts["terms"]} == {"done", "skipped"}
    assert set(facts["names"]) == {scene.union.id, scene.cities.id}


def test_an_altered_sheet_is_found(register: Register) -> None:
    scene = register.scene
    submitted(register)
    with scene.database.reading() as session:
        assert list(altered_records(session)) == []
    drop_guard(scene.database, "coordination_sheet")
    with scene.database.writing() as session:
        altered = "UPDATE coordination_sheet SET document = replace(document, 'Пикир', 'Макул')"
        session.connection().execute(sa.text(altered))
    with scene.database.reading() as session:
        assert [each.key for each in altered_records(session)] == ["coordination.altered"]


def test_an_unknown_act_has_no_sheet(register: Register) -> None:
    with register.scene.database.reading() as session:
        assert sheet_row(session, "nothing") is None
        assert sheet_row(session, register.act) is None
