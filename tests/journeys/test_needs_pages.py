"""A documented need in the browser and on paper: entered, imported, shown beside the filed figure."""

from dataclasses import replace

import pytest

from budgetproto.accounts.domain import Party
from budgetproto.database import Database
from budgetproto.disputes.domain import Measure
from budgetproto.disputes.lines.sheet import Known, columns, read_lines
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.money import Som, Unit
from budgetproto.protocol.composition import compose, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.gathering import gather
from budgetproto.sittings import terms_storage
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.storage import sitting_row
from tests.disputes.lines.test_needs import PROVED, growing, opened
from tests.factories import Scene, make_scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown
from tests.protocol.reading import plain_text
from tests.stated import MILLION, line_text


@pytest.fixture
def preparing(sqlite_database: Database) -> Scene:
    return make_scene(sqlite_database, terms=False, stage=Stage.PREPARING)


def test_a_need_is_entered_beside_the_other_known_figures(visit: Visit, preparing: Scene) -> None:
    secretary = visit(preparing.secretary, language="ru")
    typed = {"documented_need": "250 000,0", "documented_need_source": "Смета № 12"}
    assert secretary.fill(f"/lines/{preparing.lines[0]}/edit", **typed).status_code == 303
    page = shown(visit(preparing.unionist, language="ru").get(f"/lines/{preparing.lines[0]}"))
    assert said("disputes.documented_need", "ru") + " 250 000,0 тыс. сомов Смета № 12" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_need_without_its_document_is_told_beside_the_field(
    visit: Visit, preparing: Scene, language: Language
) -> None:
    secretary = visit(preparing.secretary, language=language)
    answer = secretary.fill(f"/lines/{preparing.lines[0]}/edit", documented_need="250 000,0")
    assert answer.status_code == 422
    assert said("disputes.need_without_source", language) in shown(answer)
    assert '<a href="#documented_need_source">' in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_growth_is_entered_with_the_terms_and_shown_to_both_sides(
    visit: Visit, preparing: Scene, language: Language
) -> None:
    secretary = visit(preparing.secretary, language=language)
    address = f"/sittings/{preparing.sitting}/terms"
    answer = secretary.fill(address, lsg_figure="lead", growth="99")
    assert said("disputes.growth_out_of_range", language, least=100, most=1000) in shown(answer)
    assert secretary.fill(address, lsg_figure="lead", growth="120").status_code == 303
    with preparing.database.reading() as session:
        latest = terms_storage.latest_terms(session, preparing.sitting)
    assert latest is not None
    assert latest.terms.growth == 120
    seen = shown(visit(preparing.unionist, language=language).get(f"/sittings/{preparing.sitting}"))
    assert said("sittings.growth.stated", language, growth=120) in seen


def test_a_spreadsheet_of_lines_has_the_need_and_asks_for_its_document() -> None:
    assert {"documented_need", "documented_need_source"} <= {column.key for column in columns(Measure.AMOUNT)}
    known = Known(frozenset({"grant"}), frozenset(), tuple[Party, ...](), 2020)
    rows = 'title_ky,kind,documented_need,documented_need_source\nГрант,grant,"250 000,0",{}\n'
    [line], faults = read_lines(
        rows.format("Смета № 12").encode(), Measure.AMOUNT, known, unit=Unit.THOUSAND_SOMS
    )
    assert (line.documented_need.figure, line.documented_need.source) == (PROVED.figure, "Смета № 12")
    assert faults == ()
    _, [fault] = read_lines(rows.format("").encode(), Measure.AMOUNT, known, unit=Unit.THOUSAND_SOMS)
    assert (fault.key, fault.row, fault.column) == (
        "disputes.sheet.source_missing",
        2,
        "documented_need_source",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_paper_show_the_filed_figure_its_need_and_what_it_would_get(
    visit: Visit, sqlite_database: Database, language: Language
) -> None:
    last = replace(PROVED, figure=Som(100 * MILLION), source="24K-125316")
    texts = (replace(line_text(), documented_need=PROVED), replace(line_text(), approved_last_year=last))
    scene = opened(sqlite_database, growing(150), *texts, line_text())
    page = shown(visit(scene.secretary, language=language).get(f"/sittings/{scene.sitting}/option"))
    with sqlite_database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        snapshot = gather(session, row.sitting())
    assert stored_snapshot(snapshot_document(snapshot)) == snapshot
    assert snapshot.option is not None
    assert [(cap.line, cap.ground) for cap in snapshot.option.caps] == [(1, "documented"), (2, "last_year")]
    printed = plain_text(draw(compose(snapshot), language))
    for text in (page, printed):
        assert said("disputes.option.caps", language) in text
        assert "Смета № 12" in text
        assert "24K-125316" in text
    assert said("protocol.terms.growth", language, growth=150) in printed.replace("\u00a0", " ")
    assert said("protocol.line.documented_need", language) in printed
