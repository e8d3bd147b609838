"""Trials: the same opened figures under another rule, envelope or association, beside what the terms give."""

from dataclasses import replace
from datetime import date

import pytest

from budgetproto.database import Database
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options.trials import Bench, Trial, bench
from budgetproto.disputes.positions import opening
from budgetproto.i18n import Sentence
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act
from budgetproto.transfers import storage as territories
from budgetproto.transfers.domain import Indicator
from tests.factories import Scene, file, make_scene, open_all, reach_deadline
from tests.journeys.visitor import said, shown
from tests.remembered import remembered
from tests.staged import Staged
from tests.stated import line_text

THOUSAND = Som(100_000)
_TERRITORIES = ("41700000000000", "41711000000000")
_PEOPLE = (1_000, 3_000)


def bench_of(database: Database, person: str, sitting_id: str) -> Bench | None:
    with database.reading() as session:
        sitting, _ = sittings.admitted(session, person, sitting_id, Act.READ_OPENED)
        return bench(session, sitting)


def demonstrated(kept: Staged) -> Bench:
    found = bench_of(kept.database, kept.person("secretary").id, kept.finished)
    assert found is not None
    return found


def granted(tried: Bench, trial: Trial) -> dict[int, Som | None]:
    return {view.line.number: each for view, each in zip(tried.lines, trial.granted, strict=True)}


@pytest.fixture
def tried(database: Database) -> Bench:
    """Two open lines of two territories that ask for 400 and 800 soms, with 300 to share."""
    return found(asking(database))


@remembered
def asking(database: Database) -> Scene:
    texts = tuple(replace(line_text(), territory=each) for each in _TERRITORIES)
    scene = make_scene(database, texts=texts)
    for place, asked in enumerate((Som(40_000), Som(80_000))):
        file(scene, scene.ministry, line=place, figure=Som(0))
        file(scene, scene.union, line=place, figure=asked)
        file(scene, scene.cities, line=place, figure=Som(20_000))
    open_all(scene)
    return scene


def found(scene: Scene) -> Bench:
    made = bench_of(scene.database, scene.secretary.id, scene.sitting)
    assert made is not None
    source = replace(made.terms.sources[0], amount=Som(30_000))
    people: dict[str, tuple[int | None, int | None]] = {
        soate: (people, None) for soate, people in zip(_TERRITORIES, _PEOPLE, strict=True)
    }
    return replace(made, terms=replace(made.terms, sources=(source,)), indicators=people)


def test_the_trial_under_the_terms_is_what_was_published(kept: Staged) -> None:
    tried = demonstrated(kept)
    trial = tried.trial("A")
    with kept.database.reading() as session:
        published = options.latest(session, kept.finished)
    assert published is not None
    assert trial.under_terms
    assert granted(tried, trial) == {number: award.granted for number, award in published.awards.items()}
    assert granted(tried, trial)[4] == Som(180_000 * 100_000)


def test_no_money_the_sources_of_each_side_and_all_of_them_stand_side_by_side(kept: Staged) -> None:
    compared = demonstrated(kept).by_envelope()
    envelopes = [trial.envelope for trial in compared.trials]
    million = 1_000 * 100_000
    assert envelopes == [Som(each * million) for each in (0, 350, 500, 350, 500)]
    assert [trial.under_terms for trial in compared.trials] == [False, False, True, False, True]
    assert compared.trials[0].total is None, "the protected line costs more than nothing"


def test_a_rule_that_counts_residents_names_the_question_whose_territory_it_does_not_know(
    kept: Staged,
) -> None:
    refusal = demonstrated(kept).trial("B").refusal
    assert refusal is not None
    assert dict(refusal.values) == {"indicator": Sentence("transfers.indicator.population"), "line": 1}


def test_each_resident_gains_the_same_where_the_territories_are_known(tried: Bench) -> None:
    assert granted(tried, tried.trial("A")) == {1: Som(10_000), 2: Som(20_000)}
    per_resident = tried.trial("B")
    assert per_resident.refusal is None
    assert granted(tried, per_resident) == {1: Som(10_000), 2: Som(20_000)}, "7.5 and 22.5 in whole hundreds"


def test_least_and_most_are_taken_over_every_rule_and_who_gains_is_counted(tried: Bench) -> None:
    compared = tried.by_rule()
    least, most = compared.span(0)
    assert least is not None
    assert most == Som(20_000), "the midpoint gives the first question half of what it asks"
    assert least <= Som(10_000) <= most
    middle = compared.trials[-1]
    assert compared.moved(middle) == (2, 0)


def test_the_newest_indicators_of_the_territories_are_taken(staged: Staged) -> None:
    with staged.database.writing() as session:
        for year, people in ((2019, 1_000), (2021, 3_000)):
            counted = Indicator(_TERRITORIES[1], "population", people, date(year, 1, 1), "census")
            territories.add_indicator(session, counted)
    assert demonstrated(staged).indicators[_TERRITORIES[1]] == (3_000, None)


def test_what_the_associations_state_apart_is_computed_for_each_of_them(tried: Bench) -> None:
    assert tried.by_association() is None
    apart = [replace(view, stand=replace(view.stand, lsg=None, lsg_divided=True)) for view in tried.lines]
    compared = replace(tried, lines=tuple(apart)).by_association()
    assert compared is not None
    assert [trial.total for trial in compared.trials] == [Som(30_000), Som(30_000)]
    assert compared.trials[0].granted == (Som(10_000), Som(20_000))
    assert compared.trials[1].granted == (Som(20_000), Som(10_000)), "the odd hundred goes to the first"


def test_nothing_is_tried_while_a_question_is_closed(database: Database) -> None:
    scene = make_scene(database)
    file(scene, scene.ministry, figure=Som(0))
    reach_deadline(scene)
    opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)
    assert bench_of(database, scene.secretary.id, scene.sitting) is None


def test_the_page_says_that_it_is_a_trial_and_shows_both(kept: Staged) -> None:
    page = kept.visitor("secretary").get(f"/sittings/{kept.finished}/option/trial?rule=M&envelope=500000")
    assert page.status_code == 200
    text = shown(page)
    assert said("disputes.trial.mark", "en") in text
    assert "300,000.0 (+40,298.5)" in text


def test_an_envelope_that_is_no_number_comes_back_with_its_fault(kept: Staged) -> None:
    page = kept.visitor("secretary").get(f"/sittings/{kept.finished}/option/trial?rule=A&envelope=abc")
    assert page.status_code == 422
    assert 'value="abc"' in page.text


@pytest.mark.parametrize("rule", ["A", "M"])
def test_every_rule_stands_on_the_page_of_alternatives(kept: Staged, rule: str) -> None:
    text = shown(kept.visitor("secretary").get(f"/sittings/{kept.finished}/option/alternatives"))
    assert said(f"balancing.rule.{rule.lower()}", "en") in text
    assert said("disputes.trial.mark", "en") in text
