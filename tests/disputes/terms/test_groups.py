"""Limits of territories and of kinds in the terms: refused when proposed, held when the figures are open."""

from dataclasses import replace
from typing import Any

import pytest

from budgetproto.database import Database
from budgetproto.disputes.domain import LineText, Measure
from budgetproto.disputes.lines import entering
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options.document import PublishedOption
from budgetproto.disputes.options.trials import bench
from budgetproto.disputes.terms import proposing
from budgetproto.disputes.terms.groups import GroupRefused
from budgetproto.disputes.terms.proposing import NewTerms
from budgetproto.i18n import LANGUAGES, Named
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings.document import read, written
from budgetproto.sittings.domain import Act, Stage, terms_digest
from budgetproto.sittings.groups import GroupLimit, Scope
from tests.factories import Scene, file, make_scene, open_all, settle_terms
from tests.journeys.visitor import said
from tests.stated import MILLION, line_text, new_terms

NARYN, OSH = "41704000000000", "41706000000000"
LAW = Named("«Республикалык бюджет жөнүндө» мыйзам, 5-берене", "Закон «О республиканском бюджете», ст. 5")
KIND = "stimulating_grant"


def limit(code: str = NARYN, *, floor: int | None = None, cap: int | None = None) -> GroupLimit:
    """Limit a territory or a kind, in millions of soms."""
    floor_, cap_ = (None if each is None else Som(each * MILLION) for each in (floor, cap))
    return GroupLimit(Scope.KIND if code == KIND else Scope.REGION, code, floor_, cap_, LAW)


def texts(*more: Any) -> tuple[LineText, ...]:
    return (replace(line_text(), territory=NARYN), replace(line_text(), territory=OSH), *more)


def limited(*groups: GroupLimit, rule: str = "A", envelope: int = 300) -> NewTerms:
    return replace(new_terms(rule=rule, envelope=Som(envelope * MILLION)), groups=groups)


def proposed(database: Database, terms: NewTerms, *lines: LineText) -> Scene:
    scene = make_scene(database, texts=lines or texts(), terms=False, stage=Stage.PREPARING)
    settle_terms(scene, terms=terms)
    return scene


def opened(database: Database, terms: NewTerms, asked: tuple[int, ...], *lines: LineText) -> Scene:
    """Take a sitting to its published option: the Government offers nothing, the union asks millions."""
    scene = make_scene(database, texts=lines or texts(), terms=False)
    settle_terms(scene, terms=terms)
    for place, each in enumerate(asked):
        file(scene, scene.ministry, line=place, figure=Som(0))
        file(scene, scene.union, line=place, figure=Som(each * MILLION))
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    return scene


def published(scene: Scene) -> PublishedOption:
    with scene.database.reading() as session:
        found = options.latest(session, scene.sitting)
    assert found is not None
    return found


def test_terms_without_groups_keep_the_hash_they_had(sqlite_database: Database) -> None:
    scene = make_scene(sqlite_database, terms=False, stage=Stage.PREPARING)
    version = proposing.propose_terms(sqlite_database, scene.secretary.id, scene.sitting, new_terms())
    document = written(version.terms)
    assert "groups" not in document
    assert terms_digest(document) == version.digest


def test_a_limit_is_kept_in_the_terms_with_the_name_of_its_territory(database: Database) -> None:
    scene = make_scene(database, texts=texts(), terms=False, stage=Stage.PREPARING)
    new = limited(limit(floor=50, cap=100), limit(KIND, cap=200))
    version = proposing.propose_terms(database, scene.secretary.id, scene.sitting, new)
    first, second = version.terms.groups
    assert (first.floor, first.cap, first.basis) == (Som(50 * MILLION), Som(100 * MILLION), LAW)
    assert (second.scope, second.floor) == (Scope.KIND, None)
    assert second.name == Named(KIND, KIND, KIND), "no reference data here: its code"
    assert read(written(version.terms)) == version.terms


_YES_NO = replace(line_text(measure=Measure.YES_NO), territory="41705000000000")


@pytest.mark.parametrize(
    ("groups", "rule", "key", "about"),
    [
        ((limit(floor=3, cap=2),), "A", "floor_above_cap", "floor"),
        ((limit(cap=2), limit(cap=3)), "A", "twice", "of"),
        ((limit("41707000000000", cap=2),), "A", "no_line", "of"),
        ((limit("41705000000000", cap=2),), "A", "no_line", "of"),
        ((limit(floor=200), limit(OSH, floor=101)), "A", "floors_above_envelope", "floor"),
        ((limit(cap=2),), "F", "impossible", "of"),
        ((limit(KIND, cap=2),), "E", "cuts_recipient", "of"),
        ((limit(cap=2), limit(KIND, cap=3)), "D", "impossible", "of"),
    ],
)
def test_a_limit_that_cannot_stand_is_refused_beside_its_row(
    sqlite_database: Database, groups: tuple[GroupLimit, ...], rule: str, key: str, about: str
) -> None:
    other_kind = replace(line_text(), territory=NARYN, kind="equalization_grant")
    scene = make_scene(sqlite_database, texts=texts(other_kind, _YES_NO), terms=False, stage=Stage.PREPARING)
    with pytest.raises(GroupRefused) as refused:
        proposing.propose_terms(
            sqlite_database, scene.secretary.id, scene.sitting, limited(*groups, rule=rule)
        )
    assert (refused.value.key, refused.value.about) == (f"disputes.group.{key}", about)
    assert refused.value.place == len(groups) - 1 or key == "impossible"
    for language in LANGUAGES:
        assert said(refused.value.key, language, **refused.value.details)


def test_limits_that_cross_are_kept_by_rule_a(database: Database) -> None:
    other_kind = replace(line_text(), territory=NARYN, kind="equalization_grant")
    terms = limited(limit(cap=60), limit(KIND, cap=150))
    option = published(opened(database, terms, (100, 200, 300), *texts(other_kind)))
    assert [each.granted <= (each.cap or Som(0)) for each in option.groups] == [True, True]


def test_a_line_whose_territory_a_limit_needs_cannot_leave_it_unnoticed(sqlite_database: Database) -> None:
    scene = make_scene(sqlite_database, texts=texts(), terms=False, stage=Stage.PREPARING)
    proposing.propose_terms(sqlite_database, scene.secretary.id, scene.sitting, limited(limit(cap=2)))
    moved = replace(texts()[1], lead_government=scene.ministry.id, lead_lsg=scene.union.id)
    with pytest.raises(GroupRefused) as refused:
        entering.edit_line(sqlite_database, scene.secretary.id, scene.lines[0], moved, version=1)
    assert refused.value.key == "disputes.group.no_line"


def test_a_cap_holds_its_lines_and_says_at_which_price(database: Database) -> None:
    option = published(opened(database, limited(limit(cap=60)), (300, 300)))
    [group] = option.groups
    assert (group.granted, group.state) == (Som(60 * MILLION), "held.cap")
    assert (group.rate, group.common) == (option.awards[1].rate, option.awards[2].rate)
    [told] = [each for each in option.sentences if each.key == "balancing.sentence.limit_most"]
    assert dict(told.values)["limit"] == group.name


def test_of_a_cut_a_floor_says_how_much_may_be_taken(database: Database) -> None:
    terms = limited(limit(floor=-50), envelope=-200)
    scene = make_scene(database, texts=texts(), terms=False)
    settle_terms(scene, terms=terms)
    for place in range(2):
        file(scene, scene.ministry, line=place, figure=Som(300 * MILLION))
        file(scene, scene.union, line=place, figure=Som(400 * MILLION))
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    [group] = published(scene).groups
    assert (group.floor, group.cap, group.granted) == (Som(-50 * MILLION), None, Som(-50 * MILLION))
    assert (group.state, group.rate) == ("held.floor", None)


def test_a_floor_the_claims_do_not_reach_blocks_nothing(database: Database) -> None:
    option = published(opened(database, limited(limit(floor=100)), (50, 300)))
    [group] = option.groups
    assert (group.granted, group.state) == (Som(50 * MILLION), "missed.floor")
    assert option.awards[2].granted == Som(250 * MILLION)


def test_a_floor_by_law_goes_before_the_cap_of_the_territory(database: Database) -> None:
    first, second = texts()
    lines = (replace(first, floor=Som(90 * MILLION)), second)
    option = published(opened(database, limited(limit(cap=60)), (300, 300), *lines))
    [group] = option.groups
    assert (group.granted, group.state) == (Som(90 * MILLION), "missed.cap")


def test_a_trial_keeps_the_limits_or_says_that_its_rule_knows_none(sqlite_database: Database) -> None:
    scene = opened(sqlite_database, limited(limit(cap=60)), (300, 300))
    with sqlite_database.reading() as session:
        sitting, _ = sittings.admitted(session, scene.secretary.id, scene.sitting, Act.READ_OPENED)
        tried = bench(session, sitting)
    assert tried is not None
    assert tried.trial("A").granted == (Som(60 * MILLION), Som(240 * MILLION))
    refusal = tried.trial("F").refusal
    assert refusal is not None
    assert dict(refusal.values)["why"].key == "balancing.error.no_limits_under_rule"  # type: ignore[attr-defined]  # a sentence
    assert any(
        dict(each.values).get("limit") == tried.terms.groups[0].name for each in tried.trial("A").sentences
    )
