"""What a sitting went by stands on its paper: the settings that decide, and every extension."""

from dataclasses import replace
from datetime import timedelta

import pytest

from budgetproto.analysis.discrepancies import discrepancy_sheet
from budgetproto.database import Database, now
from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.protocol.composition import compose, fingerprint, snapshot_document, stored_snapshot
from budgetproto.protocol.gathering import gather
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.sittings import preparing
from budgetproto.sittings.procedure import change_setting
from budgetproto.sittings.storage import ExtensionRow, sitting_row
from tests.factories import Scene, file_all, make_scene, open_all
from tests.journeys.visitor import shown
from tests.protocol.disputes_2020 import dispute_2020
from tests.staged import Staged

REASON = "Интернет байланышы үзүлгөн облустар үчүн"


def gathered(scene: Scene) -> Snapshot:
    with scene.database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        return gather(session, row.sitting())


def extended(database: Database) -> Scene:
    scene = make_scene(database)
    with database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        later = row.deadline + timedelta(days=1)
    preparing.extend_deadline(database, scene.secretary.id, scene.sitting, later, reason=REASON)
    file_all(scene)
    open_all(scene)
    return scene


def test_an_extension_is_gathered_with_both_deadlines_and_its_reason(database: Database) -> None:
    [found] = gathered(extended(database)).terms.extensions
    assert (found.after - found.before, found.reason) == (timedelta(days=1), REASON)


def test_an_extension_is_part_of_what_the_hash_on_paper_covers() -> None:
    with_it = dispute_2020()
    without = replace(with_it, terms=replace(with_it.terms, extensions=()))
    assert fingerprint(compose(with_it)) != fingerprint(compose(without))
    assert stored_snapshot(snapshot_document(with_it)) == with_it


def test_the_paper_has_the_procedure_the_terms_found_not_the_settings_of_the_day(
    sqlite_database: Database,
) -> None:
    scene = make_scene(sqlite_database)
    before = Named("Регламент", "Регламент", "Rules of procedure")
    change_setting(sqlite_database, scene.secretary.id, "members_total", value="3", source=before)
    file_all(scene)
    open_all(scene)
    found = gathered(scene)
    members, quorum, majority, hours, *_ = found.terms.procedure
    assert (members.stated.ky, quorum.stated.ky, hours.stated.ky) == ("11", "1/2", "4")
    assert majority.stated.en == text("sittings.choice.present", "en")
    assert members.source != before
    assert (found.attendance.members_total, found.attendance.quorum) == (11, 6)


def test_the_tables_of_a_spreadsheet_note_each_extension() -> None:
    notes = [note.ru for note in discrepancy_sheet(compose(dispute_2020())).notes]
    [extension] = dispute_2020().terms.extensions
    told = {"before": extension.before, "after": extension.after, "reason": extension.reason}
    assert text("analysis.note.extended", "ru", **told) in notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_protocol_tells_procedure_and_extension(staged: Staged, language: Language) -> None:
    with staged.database.writing() as session:
        at = now(session)
        row = ExtensionRow(
            sitting=staged.finished,
            number=1,
            before=at,
            after=at + timedelta(days=1),
            reason=REASON,
            person=staged.person("secretary").id,
            at=at,
        )
        session.add(row)
    page = shown(staged.visitor("chair", language).get(f"/sittings/{staged.finished}/protocol"))
    for heading in ("protocol.terms.procedure", "protocol.terms.extensions"):
        assert text(heading, language) in page
    assert REASON in page
    assert text("sittings.setting.quorum_share", language) in page
