"""The kind of a sitting: conciliation unless it is chosen, told on page, paper and to programs."""

from dataclasses import replace
from typing import get_args

import pytest

from budgetproto.database import Database
from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.journal.domain import canonical_json
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.participation.domain import Duty, Question
from budgetproto.proceedings.participation.record import bases, participation_of
from budgetproto.protocol.composition import compose, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.snapshot import SittingKind as OnPaper
from budgetproto.sittings import overview, preparing
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.kinds import SittingKind
from budgetproto.sittings.procedure import change_setting
from budgetproto.sittings.shapes import card_written
from budgetproto.sittings.storage import SittingRow
from tests.factories import make_scene
from tests.journeys.visitor import said, shown
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.reading import layout_text
from tests.staged import Staged, master, staged
from tests.stated import new_sitting

__all__ = ["master", "staged"]


def test_a_sitting_is_a_conciliation_sitting_unless_its_kind_is_chosen(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING, terms=False)
    assert kind_of(database, scene.sitting) is SittingKind.CONCILIATION
    for kind in SittingKind:
        made = sittings.prepare_sitting(database, scene.secretary.id, replace(new_sitting(), kind=kind))
        assert kind_of(database, made) is kind


def kind_of(database: Database, sitting: str) -> SittingKind:
    with database.reading() as session:
        return session.get_one(SittingRow, sitting).sitting().kind


@pytest.mark.parametrize("kind", SittingKind)
def test_the_associations_take_part_in_a_sitting_of_any_kind_and_programs_read_it(
    sqlite_database: Database, kind: SittingKind
) -> None:
    scene = make_scene(sqlite_database, stage=Stage.PREPARING, terms=False)
    changed = replace(new_sitting(), kind=kind)
    preparing.edit_sitting(
        sqlite_database,
        scene.secretary.id,
        scene.sitting,
        changed,
        version=version(sqlite_database, scene.sitting),
    )
    proceedings.add_agenda_item(sqlite_database, scene.secretary.id, scene.sitting, Named("Маселе", "Вопрос"))
    with sqlite_database.reading() as session:
        sitting = session.get_one(SittingRow, scene.sitting).sitting()
        found = participation_of(session, sitting)
        card = card_written(overview.overview(session, scene.unionist.id, scene.sitting))
    assert found is not None
    assert [part.association.id for part in found.parts] == [scene.union.id, scene.cities.id]
    assert all(part.open for part in found.parts)
    assert card["kind"] == kind.value


def version(database: Database, sitting: str) -> int:
    with database.reading() as session:
        return session.get_one(SittingRow, sitting).sitting().version


def test_paper_knows_every_kind_of_the_house() -> None:
    assert set(get_args(OnPaper)) == {each.value for each in SittingKind}


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_protocol_names_the_kind_and_that_of_a_conciliation_sitting_stays_as_it_was(
    language: Language,
) -> None:
    before = dispute_2020()
    assert '"kind":"conciliation"' not in canonical_json(snapshot_document(before))
    hearing = replace(before, sitting=replace(before.sitting, kind="hearing"))
    assert stored_snapshot(snapshot_document(hearing)) == hearing
    named = text("sittings.kind.hearing", language)
    assert named in " ".join(layout_text(draw(compose(hearing), language)).split())
    assert named not in " ".join(layout_text(draw(compose(before), language)).split())


def test_the_kind_is_chosen_on_the_form_and_shown_on_the_page_and_in_the_list(staged: Staged) -> None:
    secretary = staged.visitor("secretary", "ky")
    typed = {
        "number": "У-1",
        "kind": "hearing",
        "title_ky": "Угуу",
        "budget_year": "2027",
        "place_ky": "Бишкек",
        "deadline_day": "2099-01-10",
        "deadline_time": "18:00",
    }
    made = secretary.fill("/sittings/new", **typed)
    assert made.status_code == 303
    named = said("sittings.kind.hearing")
    assert f"{said('sittings.kind')} {named}" in shown(secretary.get(made.headers["Location"]))
    assert named in shown(secretary.get("/"))
    again = secretary.get(made.headers["Location"] + "/edit")
    assert 'value="hearing" selected' in again.text


def test_an_obligation_rests_on_the_article_of_its_kind_and_else_on_that_of_every_sitting(
    database: Database,
) -> None:
    scene = make_scene(database, stage=Stage.PREPARING, terms=False)
    every, own = Named("7-берене", "статья 7", "article 7"), Named("41-берене", "статья 41", "article 41")
    source = Named("Регламент", "Регламент", "Rules")
    for key, name in (("article_came", every), ("article_came_hearing", own)):
        change_setting(database, scene.secretary.id, key, name=name, source=source)
    with database.reading() as session:
        found = {
            kind: {each.question: each for each in bases(session, 3, Duty.BOTH, kind)} for kind in SittingKind
        }
    assert {kind: each[Question.CAME].article for kind, each in found.items()} == {
        kind: own if kind is SittingKind.HEARING else every for kind in SittingKind
    }
    assert not any(each[Question.SPOKE].known for each in found.values())
