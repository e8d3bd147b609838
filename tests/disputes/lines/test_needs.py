"""Claims above a documented need, or above last year's figure by the terms' growth, count only so far."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from budgetproto.database import Database
from budgetproto.disputes import service
from budgetproto.disputes.domain import Base, LineText, Measure
from budgetproto.disputes.lines import entering
from budgetproto.disputes.lines.needs import GrowthOutOfRange, Need, NeedWithoutSource, need_of
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options.document import PublishedOption
from budgetproto.disputes.terms import proposing
from budgetproto.disputes.terms.proposing import NewTerms
from budgetproto.i18n import LANGUAGES
from budgetproto.money import Som
from budgetproto.sittings.document import read, written
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.settling import TermsAlreadyFixed
from tests.factories import Scene, file, make_scene, open_all, settle_terms
from tests.journeys.visitor import said
from tests.stated import MILLION, line_text, new_terms

#: The stimulating grants: 599.6995 million approved for 2019, 600 million asked for 2020.
APPROVED = Base(Som(59_969_950_000), "24K-125316", as_of=date(2019, 12, 31))
PROVED = Base(Som(250 * MILLION), "Смета № 12", as_of=date(2020, 4, 1))


def growing(growth: int | None = 120, *, envelope: int = 600) -> NewTerms:
    return replace(new_terms(envelope=Som(envelope * MILLION)), growth=growth)


def opened(database: Database, terms: NewTerms, *texts: LineText, asked: int = 600) -> Scene:
    scene = make_scene(database, texts=texts, terms=False)
    settle_terms(scene, terms=terms)
    for place in range(len(texts)):
        file(scene, scene.ministry, line=place, figure=Som(0))
        file(scene, scene.union, line=place, figure=Som(asked * MILLION))
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    return scene


def published(scene: Scene) -> PublishedOption:
    with scene.database.reading() as session:
        found = options.latest(session, scene.sitting)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("known", "growth", "figure", "ground"),
    [
        ({"documented_need": PROVED, "approved_last_year": APPROVED}, 120, PROVED.figure, "documented"),
        ({"approved_last_year": APPROVED}, 120, Som(71_963_940_000), "last_year"),
        ({"approved_last_year": Base(Som(1), "x")}, 150, Som(2), "last_year"),
        ({"approved_last_year": APPROVED, "cost_sign": -1}, 125, Som(47_975_960_000), "last_year"),
    ],
)
def test_a_document_goes_before_last_years_figure(
    known: dict[str, Any], growth: int, figure: Som, ground: str
) -> None:
    found = need_of(replace(line_text(), **known), growth)
    assert found is not None
    assert (found.figure, found.ground) == (figure, ground)


def test_a_percentage_grows_in_hundredths_of_a_point() -> None:
    text = replace(line_text(measure=Measure.PERCENTAGE), approved_last_year=Base(3_005, "x"))
    assert need_of(text, 150) == Need(4_508, "last_year", 3_005, "x", 150)


@pytest.mark.parametrize(
    ("text", "growth"),
    [
        (line_text(), 120),
        (replace(line_text(), approved_last_year=APPROVED), None),
        (replace(line_text(measure=Measure.YES_NO), documented_need=PROVED), 120),
    ],
)
def test_nothing_known_caps_nothing(text: LineText, growth: int | None) -> None:
    assert need_of(text, growth) is None


def test_a_claim_above_its_need_is_capped_and_both_options_are_kept(database: Database) -> None:
    proved = replace(line_text(), documented_need=PROVED)
    option = published(opened(database, growing(None), proved, line_text()))
    cap = option.caps[1]
    assert (cap.filed, cap.capped, cap.figure, cap.without) == tuple(
        Som(each * MILLION) for each in (600, 250, 250, 300)
    )
    assert option.awards[2].granted == Som(350 * MILLION)
    assert option.awards[1].sentences[-1].key == "balancing.sentence.need"
    assert cap.need.source == "Смета № 12"
    for language in LANGUAGES:
        assert said(cap.ground.key, language, **dict(cap.ground.values))


def test_without_a_claim_above_its_need_the_document_has_no_second_option(database: Database) -> None:
    known = replace(line_text(), approved_last_year=APPROVED)
    option = published(opened(database, growing(120), known))
    assert option.caps == {}
    assert "without_caps" not in option.document


def test_last_years_figure_caps_by_the_growth_of_the_terms(database: Database) -> None:
    last = replace(line_text(), approved_last_year=Base(Som(200 * MILLION), "24K-125316"))
    option = published(opened(database, growing(120), last, line_text()))
    cap = option.caps[1]
    assert (cap.need.ground, cap.capped, cap.need.growth) == ("last_year", Som(240 * MILLION), 120)
    assert (cap.figure, cap.without) == (Som(240 * MILLION), Som(300 * MILLION))


@pytest.mark.parametrize("growth", [0, 99, 1_001, -120])
def test_a_growth_out_of_reason_is_refused(sqlite_database: Database, growth: int) -> None:
    scene = make_scene(sqlite_database, terms=False, stage=Stage.PREPARING)
    with pytest.raises(GrowthOutOfRange) as refused:
        proposing.propose_terms(sqlite_database, scene.secretary.id, scene.sitting, growing(growth))
    for language in LANGUAGES:
        assert "1" in said(refused.value.key, language, **refused.value.details)


def test_a_growth_is_part_of_the_terms_and_none_leaves_them_as_they_were(sqlite_database: Database) -> None:
    scene = make_scene(sqlite_database, terms=False, stage=Stage.PREPARING)
    propose = (sqlite_database, scene.secretary.id, scene.sitting)
    without, grown = (proposing.propose_terms(*propose, growing(each)).terms for each in (None, 120))
    assert "growth" not in written(without)
    assert read(written(grown)) == grown
    assert without.lines != grown.lines, "last year's figures decide once they cap"


def test_a_need_is_part_of_the_terms_and_cannot_be_changed_under_them(database: Database) -> None:
    scene = make_scene(database, texts=(line_text(),), stage=Stage.PREPARING)
    text = replace(line_text(), lead_government=scene.ministry.id, lead_lsg=scene.union.id)
    needed = replace(text, documented_need=PROVED)
    with pytest.raises(TermsAlreadyFixed):
        entering.edit_line(database, scene.secretary.id, scene.lines[0], needed, version=1)


def test_a_need_is_stored_with_its_document(database: Database) -> None:
    needed = replace(line_text(), documented_need=PROVED)
    scene = make_scene(database, texts=(needed,), terms=False, stage=Stage.PREPARING)
    with database.reading() as session:
        *_, line = service.line_of(session, scene.secretary.id, scene.lines[0])
    assert line.text.documented_need == PROVED


def test_a_need_without_a_document_is_no_need(sqlite_database: Database) -> None:
    needed = replace(line_text(), documented_need=replace(PROVED, source=" "))
    with pytest.raises(NeedWithoutSource):
        make_scene(sqlite_database, texts=(needed,), terms=False, stage=Stage.PREPARING)
