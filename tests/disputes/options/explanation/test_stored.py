"""The explanation is computed once with the option, stored with it, and told from what is stored."""

import json
from dataclasses import replace
from fractions import Fraction
from threading import Event, Thread

import pytest

from budgetproto import balancing
from budgetproto.balancing.document import plain
from budgetproto.database import Database
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.options.document import read
from budgetproto.disputes.options.explanation.sections import Bars, Curve, Said, Section, Table
from budgetproto.disputes.options.explanation.telling import long_sections, sections, short_sections
from budgetproto.i18n import Named
from budgetproto.money import Som
from tests.disputes.terms.test_rules_of_terms import (
    KEMIN,
    MONEY,
    NAMES,
    PEOPLE,
    REVENUE,
    TOKMOK,
    held,
    prepared,
    published,
)
from tests.factories import Scene, file, open_all, settle_terms
from tests.stated import new_terms


def section(scene: Scene, key: str) -> Section:
    return next(each for each in sections(published(scene).document) if each.key == key)


def table(scene: Scene, key: str, name: str) -> Table:
    return next(each for each in section(scene, key).tables if each.key == name)


def told(part: Section) -> set[str]:
    return {each.key for each in part.said}


def test_findings_and_sensitivity_stand_in_the_document_as_the_command_line_writes_them(
    database: Database,
) -> None:
    document = published(held(database, "A")).document
    option = balancing.from_document(document["option"])
    lines = [
        balancing.Line(
            f"{number:06d}", 0, asked, territory=code, region=code,
            population=PEOPLE[code], own_revenue=REVENUE[code].tyiyn,
        )
        for number, (code, asked) in enumerate(zip(PEOPLE, (40_000_000, 80_000_000), strict=True), start=1)
    ]  # fmt: skip
    assert document["findings"] == json.loads(json.dumps(plain(balancing.findings(option, lines))))
    assert document["sensitivity"]["needed"]["1/1"] == "120000000/1"
    assert document["sensitivity"]["absent"] == {"swept": "no_priorities"}
    assert document["rules"]["A"] == [20_000_000, 40_000_000]
    assert document["rules"]["B"] == [15_000_000, 45_000_000]
    assert document["rules"]["E"] == [0, 60_000_000]


def test_each_side_has_its_part_of_the_claims_in_money(database: Database) -> None:
    scene = held(database, "A")
    assert [row[1:] for row in table(scene, "sides", "sides").rows] == [
        (Som(60_000_000), Fraction(1, 2)),
        (Som(60_000_000), Fraction(1, 2)),
        (Som(120_000_000), Fraction(1)),
    ]
    assert [row[1:] for row in table(scene, "sides", "standing").rows] == [
        (0, Som(0)),
        (2, Som(120_000_000)),
        (0, Som(0)),
    ]
    assert {"balancing.findings.government_says", "balancing.findings.lsg_says"} <= told(
        section(scene, "sides")
    )


def test_regions_have_their_closing_rate_and_the_gain_of_a_thousand_residents(database: Database) -> None:
    scene = held(database, "B")
    rows = table(scene, "regions", "regions").rows
    assert [row[:5] for row in rows] == [
        (NAMES[KEMIN], Som(40_000_000), Som(15_000_000), Fraction(3, 8), Som(15_000_000)),
        (NAMES[TOKMOK], Som(80_000_000), Som(45_000_000), Fraction(9, 16), Som(15_000_000)),
    ]
    chart = section(scene, "regions").chart
    assert isinstance(chart, Bars)
    assert [bar.end for bar in chart.bars] == [Fraction(3, 8), Fraction(9, 16)]


def test_equity_names_the_residents_and_revenues_it_was_computed_from(database: Database) -> None:
    scene = held(database, "E")
    rows = {row[0]: row[1:] for row in table(scene, "equity", "equity").rows}
    # The poorer have 3/4 of the residents, and 3/7 of the money before, 21/41 after.
    assert rows[Said("disputes.explained.equity.gini")] == (
        Fraction(3, 4) - Fraction(3, 7),
        Fraction(3, 4) - Fraction(21, 41),
    )
    assert table(scene, "equity", "indicators").rows == (
        (NAMES[KEMIN], 1_000, REVENUE[KEMIN]),
        (NAMES[TOKMOK], 3_000, REVENUE[TOKMOK]),
    )
    assert "disputes.explained.equity.smaller" in told(section(scene, "equity"))


def test_equity_says_that_it_is_not_available_where_nothing_was_counted(database: Database) -> None:
    scene = prepared(database)
    settle_terms(scene, terms=new_terms(envelope=MONEY))
    finish(scene)
    found = section(scene, "equity")
    assert (told(found), found.tables) == ({"disputes.explained.equity.none"}, ())


def finish(scene: Scene) -> None:
    for place, asked in enumerate((40_000_000, 80_000_000)):
        file(scene, scene.ministry, line=place, figure=Som(0))
        file(scene, scene.union, line=place, figure=Som(asked))
    open_all(scene)
    options.publish_option(scene.database, scene.secretary.id, scene.sitting)


def test_the_curve_bends_where_the_stored_sensitivity_says(database: Database) -> None:
    scene = held(database, "A")
    chart = section(scene, "envelope").chart
    assert isinstance(chart, Curve)
    assert [(point.money, point.rate) for point in chart.points] == [
        (Som(0), Fraction(0)),
        (Som(120_000_000), Fraction(1)),
    ]
    assert chart.present is not None
    assert (chart.present.money, chart.present.rate) == (MONEY, Fraction(1, 2))
    assert table(scene, "envelope", "needed").rows[2] == (
        Fraction(3, 4),
        Som(90_000_000),
        Som(30_000_000),
    )


def test_the_option_stands_between_the_two_figures_of_each_line(database: Database) -> None:
    scene = held(database, "B")
    assert [row[1:] for row in table(scene, "positions", "positions").rows] == [
        (Som(0), Som(40_000_000), Som(15_000_000), Som(40_000_000), Som(15_000_000), Fraction(3, 8)),
        (Som(0), Som(80_000_000), Som(45_000_000), Som(80_000_000), Som(45_000_000), Fraction(9, 16)),
    ]


def test_all_rules_stand_side_by_side_and_strong_disagreement_is_said(database: Database) -> None:
    scene = held(database, "A")
    found = table(scene, "rules", "rules")
    assert [column.code for column in found.columns] == ["", "", "A", "B", "C", "D", "E", "M", "", "", ""]
    assert found.rows[0][2:10] == tuple(Som(each * 1_000_000) for each in (20, 15, 25, 20, 0, 20, 0, 25))
    keys = told(section(scene, "rules"))
    assert "disputes.explained.rules.strong" in keys
    assert "disputes.explained.rules.few" not in keys


def test_a_part_that_does_not_apply_says_why(database: Database) -> None:
    assert "balancing.sensitivity.absent_other_rule" in told(section(held(database, "C"), "leaving"))


def test_an_option_published_without_an_explanation_still_reads(sqlite_database: Database) -> None:
    scene = held(sqlite_database, "A")
    with sqlite_database.reading() as session:
        row = option_storage.latest_option(session, scene.sitting)
    assert row is not None
    document = json.loads(row.document)
    for key in ("findings", "sensitivity", "rules", "regions"):
        del document[key]
    option = read(json.dumps(document), number=1, digest=row.digest, published_at=row.at)
    assert (short_sections(option.document), long_sections(option.document)) == ((), ())
    assert option.awards[1].granted == Som(20_000_000)


def test_inputs_that_move_while_the_option_is_computed_are_computed_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = held(database, "A")
    computed, real = [], options.computed

    def moving(inputs: options.Inputs) -> str:
        computed.append(inputs)
        return real(inputs)

    inputs = options.inputs_of

    def renamed(session: object, sitting: object) -> options.Inputs:
        found = inputs(session, sitting)  # type: ignore[arg-type]  # passed on as it came
        return replace(found, territories={KEMIN: Named("Кемин району")}) if computed else found

    monkeypatch.setattr(options, "computed", moving)
    monkeypatch.setattr(options, "inputs_of", renamed)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    assert len(computed) == 2
    assert published(scene).document["regions"][KEMIN]["name"]["ky"] == "Кемин району"


def test_nothing_is_locked_while_the_option_is_computed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = held(database, "A")
    begun, go_on, real = Event(), Event(), options.computed

    def slow(inputs: options.Inputs) -> str:
        begun.set()
        assert go_on.wait(20)
        return real(inputs)

    monkeypatch.setattr(options, "computed", slow)
    publishing = Thread(target=options.publish_option, args=(database, scene.secretary.id, scene.sitting))
    publishing.start()
    assert begun.wait(20)
    with database.writing():
        pass
    go_on.set()
    publishing.join(20)
    assert published(scene).number == 2


def test_the_same_inputs_give_the_same_document(database: Database) -> None:
    scene = held(database, "D")
    first = published(scene).document
    options.publish_option(database, scene.secretary.id, scene.sitting)
    assert published(scene).document == first
