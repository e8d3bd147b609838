"""Terms choose how the balanced option is computed; what the rule counts is fixed with them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from budgetproto.balancing import Line, balance
from budgetproto.database import Database
from budgetproto.disputes.lines import entering
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options.document import PerResident, PublishedOption
from budgetproto.disputes.options.trials import bench
from budgetproto.disputes.terms import proposing
from budgetproto.disputes.terms.pinning import IndicatorNotKnown, RuleNotOffered, TerritoryNotSaid
from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.i18n.formatting import amount
from budgetproto.money import Som, Unit
from budgetproto.protocol.composition import compose, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.gathering import gather
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.sittings import document, settling
from budgetproto.sittings.domain import Stage, TermsVersion, terms_digest
from budgetproto.sittings.storage import sitting_row
from budgetproto.transfers import storage as territories
from budgetproto.transfers.domain import Indicator, IndicatorKind, Territory
from tests.factories import Scene, file, make_scene, open_all, settle_terms
from tests.protocol.reading import plain_text
from tests.stated import line_text, new_terms

KEMIN, TOKMOK = "41708215000000", "41708400000000"
NAMES = {KEMIN: Named("Кемин", "Кемин", "Kemin"), TOKMOK: Named("Токмок", "Токмок", "Tokmok")}
PEOPLE = {KEMIN: 1_000, TOKMOK: 3_000}
#: Own revenue in soms: 2,000 and 500 per resident.
REVENUE = {KEMIN: Som(200_000_000), TOKMOK: Som(150_000_000)}
ASKED = (Som(40_000_000), Som(80_000_000))
MONEY = Som(60_000_000)


def entered(database: Database, *, revenue: bool = True) -> None:
    """Enter two territories with their residents and revenue."""
    with database.writing() as session:
        places = [Territory(code, 1, "oblast_city", name, None, "2020") for code, name in NAMES.items()]
        territories.put_territories(session, places)
        for code in (KEMIN, TOKMOK):
            counted = Indicator(code, "population", PEOPLE[code], date(2020, 1, 1), "census")
            territories.add_indicator(session, counted)
            if revenue:
                earned = Indicator(code, "own_revenue", REVENUE[code], date(2019, 12, 31), "treasury")
                territories.add_indicator(session, earned)


def prepared(database: Database, *, stage: Stage = Stage.COLLECTING) -> Scene:
    texts = tuple(replace(line_text(), territory=code) for code in (KEMIN, TOKMOK))
    return make_scene(database, texts=texts, terms=False, stage=stage)


def held(database: Database, rule: str) -> Scene:
    """Hold a sitting under a rule up to the published option."""
    entered(database)
    scene = prepared(database)
    settle_terms(scene, terms=new_terms(rule=rule, envelope=MONEY))
    for place, asked in enumerate(ASKED):
        file(scene, scene.ministry, line=place, figure=Som(0))
        file(scene, scene.union, line=place, figure=asked)
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    return scene


def published(scene: Scene) -> PublishedOption:
    with scene.database.reading() as session:
        found = options.latest(session, scene.sitting)
    assert found is not None
    return found


def gathered(scene: Scene) -> Snapshot:
    with scene.database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        return gather(session, row.sitting())


def proposed(scene: Scene, rule: str) -> TermsVersion:
    return proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, new_terms(rule=rule))


@pytest.mark.parametrize(
    ("rule", "granted"),
    [
        ("A", (20_000_000, 40_000_000)),
        ("B", (15_000_000, 45_000_000)),
        ("C", (25_000_000, 35_000_000)),
        ("D", (20_000_000, 40_000_000)),
        ("E", (0, 60_000_000)),
    ],
)
def test_the_option_follows_the_rule_of_the_terms(
    database: Database, rule: str, granted: tuple[int, int]
) -> None:
    option = published(held(database, rule))
    assert option.rule == rule
    assert [award.granted for award in option.awards.values()] == [Som(each) for each in granted]
    lines = [
        Line(
            f"{number:06d}", 0, asked.tyiyn, territory=code, region=code,
            population=PEOPLE[code], own_revenue=REVENUE[code].tyiyn,
        )
        for number, (code, asked) in enumerate(zip(PEOPLE, ASKED, strict=True), start=1)
    ]  # fmt: skip
    assert [each.granted for each in balance(lines, MONEY.tyiyn, rule=rule, quantum=10_000).lines] == [
        *granted
    ]


def test_what_is_entered_after_the_terms_moves_no_option(database: Database) -> None:
    entered(database)
    scene = prepared(database)
    settle_terms(scene, terms=new_terms(rule="B", envelope=MONEY))
    with database.writing() as session:
        territories.add_indicator(session, Indicator(KEMIN, "population", 9_000, date(2021, 1, 1), "census"))
    for place, asked in enumerate(ASKED):
        file(scene, scene.ministry, line=place, figure=Som(0))
        file(scene, scene.union, line=place, figure=asked)
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    assert published(scene).awards[1].granted == Som(15_000_000)


def test_what_the_rule_counts_is_fixed_with_its_source(database: Database) -> None:
    entered(database)
    found = proposed(prepared(database), "E").terms.indicators
    assert [(each.territory, each.indicator, each.value, each.source) for each in found] == [
        (KEMIN, "own_revenue", REVENUE[KEMIN], "treasury"),
        (KEMIN, "population", 1_000, "census"),
        (TOKMOK, "own_revenue", REVENUE[TOKMOK], "treasury"),
        (TOKMOK, "population", 3_000, "census"),
    ]
    assert found[0].name == Named("Кемин", "Кемин", "Kemin")


def test_terms_with_indicators_read_back_as_they_were_written(database: Database) -> None:
    entered(database)
    terms = proposed(prepared(database), "E").terms
    assert document.read(document.written(terms)) == terms


def test_terms_under_rule_a_say_nothing_of_residents_and_keep_the_hash_of_earlier_versions(
    database: Database,
) -> None:
    entered(database)
    version = proposed(prepared(database), "A")
    written = document.written(version.terms)
    assert version.terms.indicators == ()
    assert "indicators" not in written
    assert terms_digest(written) == version.digest


def test_a_question_without_a_territory_is_named(sqlite_database: Database) -> None:
    scene = make_scene(sqlite_database, terms=False)
    with pytest.raises(TerritoryNotSaid) as refusal:
        proposed(scene, "B")
    told = text(refusal.value.key, "ru", **refusal.value.details)
    assert "Правило B считает жителей, а у вопроса № 1 («Грант, строка 1») не указана" in told


def test_an_indicator_that_nobody_entered_is_named_with_its_territory(sqlite_database: Database) -> None:
    entered(sqlite_database, revenue=False)
    scene = prepared(sqlite_database)
    assert proposed(scene, "D").terms.rule == "D"
    with pytest.raises(IndicatorNotKnown) as refusal:
        proposed(scene, "E")
    told = text(refusal.value.key, "ru", **refusal.value.details)
    assert told == (
        "Правилу E не хватает данных для вопроса № 1 («Стимулирующие гранты»): Кемин — Собственные доходы. "
        "Внесите их на странице этой территории в разделе «Справочные данные» или выберите правило A."
    )


@pytest.mark.parametrize("rule", ["M", "F", "X"])
def test_no_other_rule_can_be_chosen(sqlite_database: Database, rule: str) -> None:
    with pytest.raises(RuleNotOffered):
        proposed(prepared(sqlite_database), rule)


def test_a_line_that_the_rule_could_not_compute_is_refused_while_such_terms_stand(
    sqlite_database: Database,
) -> None:
    entered(sqlite_database)
    scene = prepared(sqlite_database, stage=Stage.PREPARING)
    proposed(scene, "B")
    with pytest.raises(TerritoryNotSaid):
        entering.add_line(sqlite_database, scene.secretary.id, scene.sitting, line_text())
    with sqlite_database.reading() as session:
        latest = settling.latest_terms(session, scene.sitting)
    assert latest is not None
    assert latest.version == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rate_per_resident_is_never_printed_as_a_share(
    sqlite_database: Database, language: Language
) -> None:
    snapshot = gathered(held(sqlite_database, "B"))
    assert snapshot.option is not None
    assert snapshot.option.rate is None
    printed = plain_text(draw(compose(snapshot), language))
    assert text("protocol.rule.b", language) in printed
    assert text("sittings.pinned", language) in printed
    assert stored_snapshot(snapshot_document(snapshot)) == snapshot


def test_under_e_the_paper_says_who_is_lifted_from_what_to_what(sqlite_database: Database) -> None:
    scene = held(sqlite_database, "E")
    [kemin, tokmok] = published(scene).recipients
    assert (kemin.before, kemin.granted, kemin.after) == (Som(200_000), Som(0), Som(200_000))
    assert (tokmok.before, tokmok.granted, tokmok.after) == (Som(50_000), MONEY, Som(70_000))
    first, second = (award.sentences for award in published(scene).awards.values())
    assert [each.key for each in first] == ["balancing.sentence.pair", "balancing.sentence.above_level"]
    assert [each.key for each in second] == ["balancing.sentence.pair"]
    printed = plain_text(draw(compose(gathered(scene)), "ky"))
    assert "Токмок 3 000 500,00 сом 600,0 миң сом 700,00 сом" in printed.replace("\u00a0", " ")


def test_nobody_lives_in_a_place_that_cannot_be_counted(sqlite_database: Database) -> None:
    entered(sqlite_database)
    know(sqlite_database, KEMIN, "population", 0)
    with pytest.raises(IndicatorNotKnown):
        proposed(prepared(sqlite_database), "B")


def test_a_trial_under_the_rule_of_the_terms_repeats_the_option_whatever_is_entered_later(
    database: Database,
) -> None:
    entered(database, revenue=False)
    know(database, KEMIN, "population", 3_000)
    scene = prepared(database)
    settle_terms(scene, terms=new_terms(rule="B", envelope=Som(10_000)))
    know(database, KEMIN, "own_revenue", Som(900_000_000))
    know(database, TOKMOK, "own_revenue", Som(100))
    for place in (0, 1):
        file(scene, scene.ministry, line=place, figure=Som(0))
        file(scene, scene.union, line=place, figure=ASKED[0])
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    with database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        made = bench(session, row.sitting())
    assert made is not None
    granted = tuple(award.granted for award in published(scene).awards.values())
    assert granted == (Som(10_000), Som(0)), "as many residents: the first question, revenue is not counted"
    assert made.trial("B").granted == granted
    assert made.indicators[TOKMOK] == (3_000, 100), "another rule takes the newest of what is not fixed"


def know(database: Database, code: str, kind: IndicatorKind, value: int | Som) -> None:
    """Enter an indicator that is newer than those of `entered`."""
    with database.writing() as session:
        territories.add_indicator(session, Indicator(code, kind, value, date(2021, 1, 1), "later"))


@pytest.mark.parametrize(
    ("rule", "what", "money", "reason"),
    [
        ("B", "gain", Som(15_000), "free_per_resident"),
        ("C", "shortfall", Som(15_000), "free_per_resident"),
        ("E", "level", Som(70_000), "free_level"),
    ],
)
def test_page_and_paper_say_the_money_of_one_resident_and_no_common_share(
    sqlite_database: Database, rule: str, what: str, money: Som, reason: str
) -> None:
    scene = held(sqlite_database, rule)
    option = published(scene)
    assert option.per_resident == PerResident(what, money)  # type: ignore[arg-type]  # a word of the table above
    assert option.closing is None
    assert option.awards[2].reason == reason
    composed = compose(gathered(scene))
    for language in LANGUAGES:
        printed = plain_text(draw(composed, language))
        label = text(f"disputes.option.per_resident.{what}", language)
        assert f"{label}: {amount(money, Unit.SOM, language)}" in printed
        assert f"\n{text('balancing.reason.free', language)}" not in printed
        assert text(f"balancing.reason.{reason}", language) in printed
        of_shares = text("protocol.option.rate", language, rate=Fraction(1, 2)).partition(":")[0]
        assert of_shares not in printed


def test_under_rule_a_page_and_paper_say_the_common_share(sqlite_database: Database) -> None:
    option = published(held(sqlite_database, "A"))
    assert (option.per_resident, option.closing) == (None, Fraction(1, 2))
    assert option.awards[1].reason == "FREE"


def test_terms_stored_before_there_were_indicators_keep_their_hash() -> None:
    old = (
        '{"deadline":"2020-05-12T12:00:00+00:00","kappa":0,"limits":[],"lines":"","lsg_figure":"lead",'
        '"quantum":"100.00","rule":"A","sources":[]}'
    )
    assert document.written(document.read(old)) == old
    assert terms_digest(old) == "8d5f007741d1f891d36dbdd13df2bb43df82986556bf4b8653996f3da982bfac"


def test_under_rule_a_no_indicator_moves_what_is_recommended(database: Database) -> None:
    scene = held(database, "A")
    before = published(scene)
    know(database, KEMIN, "population", 9_000)
    know(database, TOKMOK, "own_revenue", Som(100))
    options.publish_option(database, scene.secretary.id, scene.sitting)
    after = published(scene)
    assert after.number == 2
    for part in ("option", "midpoint", "lines", "summary", "explanation"):
        assert after.document[part] == before.document[part]
    assert "territories" not in after.document


def test_a_letter_that_the_catalogue_does_not_know_is_printed_as_it_stands(sqlite_database: Database) -> None:
    snapshot = gathered(held(sqlite_database, "A"))
    later = replace(snapshot, terms=replace(snapshot.terms, rule="Z"))
    assert "Правило: Z." in plain_text(draw(compose(later), "ru"))
