"""An association that has to be invited and is not: who says so, what waits for it, what the paper prints."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.accounts.domain import Party, Side
from budgetproto.database import Database
from budgetproto.disputes import service as disputes
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import LANGUAGES, Language, Named, Words, text
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import AgendaItem, Outcome, Votes
from budgetproto.proceedings.participation import listing, service, storage
from budgetproto.proceedings.participation.domain import Listed, NotInvited, Waiver, missed, not_covered
from budgetproto.proceedings.participation.listing import AsItStands, BasisMissing
from budgetproto.proceedings.participation.record import Participation, participation_of
from budgetproto.proceedings.service import Recorded
from budgetproto.protocol import service as protocol
from budgetproto.protocol.signing import service as signing
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.storage import SittingRow
from tests.factories import (
    Scene,
    file_all,
    make_party,
    make_scene,
    open_all,
    record_parts,
    settle_terms,
    start_session,
)
from tests.journeys.visitor import Visitor, said, shown
from tests.proofs.test_races import race
from tests.sessions import seat_members
from tests.staged import Staged, master, staged

__all__ = ["master", "staged"]

BASIS = Named("Комитеттин 5-чечими", "Решение комитета № 5", "Committee decision No. 5")
NAME = Named("Айыл өкмөттөрүнүн ассоциациясы", "Ассоциация айыл окмоту", "Association of aiyl okmotu")
ITEM = AgendaItem(1, Named("Маселе"))
WHY = Words(Named("Чакыруу оозеки берилген", "Приглашение передано устно"), "ky", ("ru",))


def body(key: str, side: Side = "lsg") -> Party:
    return Party(key, key, side, Named(key))


ids = st.sampled_from("abcd")
entry = st.builds(
    lambda who, beside: Listed(body(who), body(beside, "government") if beside else None, BASIS),
    ids,
    st.sampled_from(["", "m", "n"]),
)


@given(st.lists(entry, max_size=8), st.sets(ids), st.sets(st.sampled_from("mn")))
def test_missed_is_exactly_who_is_bound_to_such_a_sitting_and_no_party_to_it(
    listed: list[Listed], present: set[str], bodies: set[str]
) -> None:
    invited = [*map(body, sorted(present)), *(body(each, "government") for each in sorted(bodies))]
    found = missed(listed, invited, ITEM)
    owed = {each.association.id for each in listed if each.beside is None or each.beside.id in bodies}
    assert sorted(each.association.id for each in found) == sorted(owed - present)
    waiver = Waiver("chair", datetime(2026, 1, 1, tzinfo=UTC), WHY, frozenset())
    assert not_covered(found, waiver) == list(found)


@pytest.fixture
def scene(sqlite_database: Database) -> Scene:
    return make_scene(sqlite_database, stage=Stage.PREPARING, terms=False)


def bind(
    scene: Scene, party: Party, beside: Party | None = None, *, listed: bool = True, who: str = "secretary"
) -> None:
    listing.bind(
        scene.database,
        getattr(scene, who).id,
        party=party.id,
        beside=beside.id if beside else None,
        listed=listed,
        basis=BASIS,
    )


def known(scene: Scene) -> Participation:
    with scene.database.reading() as session:
        found = participation_of(session, session.get_one(SittingRow, scene.sitting).sitting())
    assert found is not None
    return found


def decide(scene: Scene) -> None:
    """Take a prepared sitting with one question to its end, with every invited association's part."""
    settle_terms(scene)
    proceedings.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, ITEM.title)
    disputes.start_collecting(scene.database, scene.key, scene.secretary.id, scene.sitting)
    file_all(scene)
    open_all(scene)
    start_session(scene)
    seat_members(scene)
    record_parts(scene)
    for line in scene.lines:
        recorded = Recorded(Som(0), Votes(6, 1, 0), Outcome.AGREED)
        proceedings.record_decision(scene.database, scene.secretary.id, line, recorded, version=0)
    proceedings.close_session(scene.database, scene.secretary.id, scene.sitting)


def test_the_protocol_waits_for_the_chairs_reason_and_prints_who_was_not_invited(scene: Scene) -> None:
    absent = make_party(scene.database, name=NAME)
    bind(scene, absent, scene.ministry)
    bind(scene, scene.union)
    decide(scene)
    for issue in (protocol.issue, signing.lay_out):
        with pytest.raises(NotInvited) as refused:
            issue(scene.database, scene.secretary.id, scene.sitting)
        assert refused.value.details["association"] == NAME
    service.waive(scene.database, scene.chair.id, scene.sitting, WHY)
    assert protocol.issue(scene.database, scene.secretary.id, scene.sitting)
    with scene.database.reading() as session:
        paper = protocol.paper_of(session, scene.secretary.id, scene.sitting)
    stated = paper.protocol.facts.participation
    assert stated is not None
    assert stated.waiver is not None
    assert [(each.name, each.basis) for each in stated.questions[0].missed] == [(NAME, BASIS)]
    assert [each.name for each in stated.bound] == [NAME, scene.union.name]


def test_a_sitting_of_another_parliament_misses_nobody_and_an_invitation_settles_it(scene: Scene) -> None:
    council = make_party(scene.database, side="government", name=Named("Кеңеш", "Совет", "Council"))
    absent = make_party(scene.database, name=NAME)
    proceedings.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, ITEM.title)
    bind(scene, absent, council)
    assert not known(scene).missed
    bind(scene, absent)
    assert [each.association.id for each in known(scene).missed] == [absent.id]
    sittings.invite_party(scene.database, scene.secretary.id, scene.sitting, absent.id)
    assert not known(scene).missed


def test_a_question_that_touches_nobody_misses_nobody(scene: Scene) -> None:
    bind(scene, make_party(scene.database, name=NAME))
    proceedings.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, ITEM.title)
    proceedings.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, ITEM.title)
    service.judge_touching(scene.database, scene.secretary.id, scene.sitting, 1, touches=False, why="Ички иш")
    assert [each.item for each in known(scene).missed] == [2]


def test_the_list_of_the_day_the_terms_were_proposed_holds_whatever_is_changed_later(scene: Scene) -> None:
    absent, later = make_party(scene.database, name=NAME), make_party(scene.database, name=NAME)
    bind(scene, absent)
    settle_terms(scene)
    proceedings.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, ITEM.title)
    bind(scene, absent, listed=False)
    bind(scene, later)
    assert [each.association.id for each in known(scene).missed] == [absent.id]


@pytest.mark.parametrize("who", ["chair", "unionist", "minister", "outsider"])
def test_only_the_keepers_of_the_settings_change_the_list(scene: Scene, who: str) -> None:
    with pytest.raises(NotPermitted):
        bind(scene, scene.union, who=who)


def test_the_list_is_of_associations_beside_bodies_of_the_government_each_by_an_act(scene: Scene) -> None:
    for party, beside in ((scene.ministry, None), (scene.union, scene.cities)):
        with pytest.raises(Unknown):
            bind(scene, party, beside)
    with pytest.raises(AsItStands):
        bind(scene, scene.union, listed=False)
    bind(scene, scene.union)
    with pytest.raises(AsItStands):
        bind(scene, scene.union)
    with pytest.raises(BasisMissing):
        listing.bind(
            scene.database,
            scene.secretary.id,
            party=scene.union.id,
            beside=None,
            listed=False,
            basis=Named("Чечим"),
        )
    with scene.database.reading() as session:
        told = [each.values() for each in entries(session, SYSTEM, kind="proceedings.invitation_bound")]
    assert [(each["party"], each["listed"], each["basis"]) for each in told] == [
        (scene.union.id, "yes", BASIS.ky)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_the_list_and_what_was_before_and_keepers_change_it(
    staged: Staged, language: Language
) -> None:
    party = make_party(staged.database, name=NAME)
    with staged.database.reading() as session:
        beside = listing.offered(session)[1][0]
    secretary, page = staged.visitor("secretary", language), "/participation/must-invite/enter"
    typed = {"party": party.id, "beside": beside.id, "listed": "yes", "basis_ky": "Чечим № 7"}
    refused = secretary.fill(page, **typed)
    assert refused.status_code == 422
    assert text("web.required", language) in shown(refused)
    assert "Чечим № 7" in refused.text
    assert secretary.fill(page, **typed, basis_ru="Решение № 7").status_code == 303
    assert secretary.fill(page, **{**typed, "listed": "no"}, basis_ru="Ошибка").status_code == 303
    found = shown(staged.visitor("union", language).get("/participation/must-invite"))
    off = text("proceedings.must_invite.listed.no", language)
    assert f"{NAME.text(language)} (" in found
    assert f"{off}. {'Чечим № 7' if language == 'ky' else 'Ошибка'}" in found
    assert staged.visitor("union").get(page).status_code == 403


def test_the_page_of_the_sitting_tells_its_secretary_while_a_party_can_still_be_invited(
    staged: Staged,
) -> None:
    prepared = make_scene(staged.database, stage=Stage.PREPARING, terms=False)
    proceedings.add_agenda_item(staged.database, prepared.secretary.id, prepared.sitting, ITEM.title)
    bind(prepared, make_party(staged.database, name=NAME))
    bind(prepared, prepared.union)
    page = Visitor(staged.app, prepared.secretary).get(f"/sittings/{prepared.sitting}")
    assert said("proceedings.check.must_invite", known=1, parts=2) in shown(page)
    table = Visitor(staged.app, prepared.unionist).get(f"/sittings/{prepared.sitting}/participation")
    assert f"{said('proceedings.must_invite.missed')} {NAME.ky}" in shown(table)


def test_of_two_who_put_the_same_association_on_the_list_at_once_one_does(database: Database) -> None:
    scene = make_scene(database)
    with ThreadPoolExecutor(2) as pool:
        for listed in (True, False, True, False):
            change = partial(
                listing.bind,
                database,
                scene.secretary.id,
                party=scene.union.id,
                beside=None,
                listed=listed,
                basis=BASIS,
            )
            lost = [each for each in race(pool, change, change) if each is not None]
            assert [type(each) for each in lost] == [AsItStands]
    with database.reading() as session:
        assert [row.listed for row in storage.must_invite(session)] == [True, False, True, False]
