"""A question about a parameter of a model: its money is the model's, its values are shown per territory."""

from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes import service
from budgetproto.disputes.domain import NO_PARAMETER, Figure, LineText, Measure, ParameterLink
from budgetproto.disputes.lines import entering
from budgetproto.disputes.options import service as options
from budgetproto.disputes.parameters import views as parameter_views
from budgetproto.disputes.parameters.lines import BaseOfModel, ParameterUnfit, with_parameter
from budgetproto.disputes.parameters.views import EffectView, effect_sheet, line_effects, parameter_words
from budgetproto.errors import BadInput
from budgetproto.i18n import NO_NAME, Named, every_language, text
from budgetproto.money import Som
from budgetproto.protocol.document import canonical_bytes, to_document
from budgetproto.protocol.gathering import gather
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.settling import TermsAlreadyFixed
from tests.factories import Scene, file, make_scene, open_all, settle_terms
from tests.parameters import BISHKEK, COLLECTED, FUND, NORM, OSH, put_parameters
from tests.stated import MILLION, line_text, new_terms

QUESTION = line_text(measure=Measure.PERCENTAGE, title=Named("Үлүш", "Доля", "Share"))


@pytest.fixture
def known(database: Database) -> Database:
    put_parameters(database)
    return database


def entered(database: Database, question: LineText) -> LineText:
    with database.reading() as session:
        return with_parameter(session, question)


def opened(database: Database, question: LineText, *figures: Figure, envelope: int = 600 * MILLION) -> Scene:
    scene = make_scene(database, texts=(question,), terms=False)
    settle_terms(scene, terms=new_terms(envelope=Som(envelope)))
    for party, figure in zip((scene.ministry, scene.union), figures, strict=True):
        file(scene, party, figure=figure, confirmed=True)
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    return scene


def viewed(scene: Scene) -> EffectView | None:
    with scene.database.reading() as session:
        sitting, _, line = service.line_of(session, scene.chair.id, scene.lines[0])
        return line_effects(session, sitting, line)


def test_the_money_of_a_norm_is_what_was_collected_cut_to_whole_hundredths(known: Database) -> None:
    found = entered(known, replace(QUESTION, parameter=NORM))
    assert found.money_base == Som(16_420 * MILLION)
    assert entered(known, found) == found
    assert entered(known, QUESTION) == QUESTION


def test_another_base_than_that_of_the_model_is_refused(known: Database) -> None:
    with pytest.raises(BaseOfModel):
        entered(known, replace(QUESTION, parameter=NORM, money_base=Som(MILLION)))


@pytest.mark.parametrize(
    ("measure", "link"),
    [
        (Measure.AMOUNT, NORM),
        (Measure.PERCENTAGE, FUND),
        (Measure.TEXT, NORM),
        (Measure.PERCENTAGE, replace(NORM, name="norm.other")),
        (Measure.AMOUNT, replace(FUND, name="quantum")),
    ],
)
def test_a_parameter_that_does_not_fit_the_question_is_refused(
    known: Database, measure: Measure, link: ParameterLink
) -> None:
    with pytest.raises(ParameterUnfit):
        entered(known, replace(QUESTION, measure=measure, parameter=link))


def test_a_year_without_data_is_refused(known: Database) -> None:
    with pytest.raises(BadInput):
        entered(known, replace(QUESTION, parameter=replace(NORM, year=1999)))


def test_the_option_works_on_the_money_and_gives_the_norm_back_on_its_step(known: Database) -> None:
    scene = opened(known, replace(QUESTION, parameter=NORM, step=25), 1_200, 2_500)
    view = viewed(scene)
    assert view is not None
    with known.reading() as session:
        found = options.latest(session, scene.sitting)
    assert found is not None
    award = found.awards[1]
    assert isinstance(award.figure, int)
    assert (award.figure % 25, award.figure) == (0, 1_550)
    assert award.granted == Som(16_420 * MILLION * 350 // 10_000)
    # The model rounds each territory down to the tyiyn, so all together it is short by less than one each.
    assert view.whole.gained is not None
    assert Som(-3) < view.whole.gained - award.granted < Som(3)
    before, after = (sum(each * norm // 10_000 for each in COLLECTED.values()) for norm in (1_200, 2_500))
    assert view.whole.difference == Som(after - before)


def test_territories_and_oblasts_close_to_the_whole(known: Database) -> None:
    view = viewed(opened(known, replace(QUESTION, parameter=NORM), 1_200, 2_500))
    assert view is not None
    for rows in (view.territories, view.oblasts):
        for part in ("government", "lsg", "difference", "option", "gained"):
            assert sum(getattr(row, part).tyiyn for row in rows) == getattr(view.whole, part).tyiyn
    assert {row.code for row in view.oblasts} == {BISHKEK, OSH, "41702000000000"}
    sheet = effect_sheet(view, QUESTION.title)
    assert [cell for _, cell in sheet.about] == [every_language("transfers.models.computed")]


def test_a_fund_is_its_own_money_and_its_effects_are_called_indicative(known: Database) -> None:
    figures = (Som(500_000 * 100), Som(900_000 * 100))
    question = line_text(title=QUESTION.title)
    view = viewed(opened(known, replace(question, parameter=FUND), *figures, envelope=200_000 * 100))
    assert view is not None
    assert view.whole.difference == Som(400_000 * 100)
    assert view.whole.gained == Som(200_000 * 100)
    assert parameter_views.told(view)[0].text("en") == text("transfers.models.indicative", "en")


@pytest.mark.parametrize("figures", [(1_200, 20_000), (1_200, None)])
def test_a_value_that_cannot_be_or_is_not_there_shows_no_difference(
    known: Database, figures: tuple[int, int | None]
) -> None:
    scene = make_scene(known, texts=(replace(QUESTION, parameter=NORM),), terms=False)
    settle_terms(scene, terms=new_terms())
    for party, figure in zip((scene.ministry, scene.union), figures, strict=True):
        file(scene, party, figure=figure, rationale="Негиз")
    open_all(scene)
    assert viewed(scene) is None


def test_the_terms_fix_the_parameter_and_other_questions_keep_their_hash(known: Database) -> None:
    plain = entering.digest(QUESTION)
    assert entering.digest(replace(QUESTION, parameter=NORM)) != plain
    scene = make_scene(known, texts=(replace(QUESTION, parameter=NORM),), terms=False, stage=Stage.PREPARING)
    with known.reading() as session:
        _, _, line = service.line_of(session, scene.secretary.id, scene.lines[0])
    assert line.text.parameter == NORM
    settle_terms(scene, terms=new_terms())
    with pytest.raises(TermsAlreadyFixed):
        entering.edit_line(
            known,
            scene.secretary.id,
            line.id,
            replace(line.text, parameter=NO_PARAMETER),
            version=line.version,
        )


def test_the_paper_says_which_parameter_and_what_its_figures_are(known: Database) -> None:
    scene = opened(known, replace(QUESTION, parameter=NORM), 1_200, 2_500)
    with known.reading() as session:
        sitting, _, _ = service.line_of(session, scene.chair.id, scene.lines[0])
        facts = gather(session, sitting)
        assert parameter_words(session, NO_PARAMETER) == NO_NAME
    (line,) = facts.lines
    assert "Norms" in line.parameter.en
    assert text("transfers.models.computed", "ky") in line.parameter.ky
    bare = replace(facts, lines=(replace(line, parameter=NO_NAME),))
    assert [b'"parameter"' in canonical_bytes(to_document(each)) for each in (facts, bare)] == [True, False]
