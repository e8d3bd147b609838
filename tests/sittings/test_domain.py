"""The life of a sitting: the only steps there are, and who may do what when."""

import hashlib
from datetime import UTC, date, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.accounts.domain import Party, Role
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.sittings import document
from budgetproto.sittings.domain import (
    STEPS,
    Act,
    Limit,
    LsgFigure,
    Mandate,
    Source,
    Stage,
    Standing,
    StepNotAllowed,
    Terms,
    is_backward,
    may,
    sides_missing,
    step,
    terms_digest,
)

MINISTRY = Party("ministry", "ministry", "government", Named("Каржы министрлиги"))
UNION = Party("union", "union", "lsg", Named("ЖӨБ союзу"))


@pytest.mark.parametrize(("present", "wanted"), list(product(Stage, Stage)))
def test_a_step_is_one_of_eight_or_refused(present: Stage, wanted: Stage) -> None:
    if (present, wanted) in STEPS:
        assert step(present, wanted) is STEPS[present, wanted]
    else:
        with pytest.raises(StepNotAllowed):
            step(present, wanted)


def test_no_way_leads_back_from_opened_to_collecting() -> None:
    reached = {Stage.OPENED}
    for _ in Stage:
        reached |= {wanted for present, wanted in STEPS if present in reached}
    assert not reached & {Stage.PREPARING, Stage.COLLECTING}


def test_nothing_leads_out_of_issued_but_the_archive_and_a_correction() -> None:
    assert [wanted for present, wanted in STEPS if present is Stage.ISSUED] == [Stage.ARCHIVED, Stage.DECIDED]
    assert [wanted for present, wanted in STEPS if present is Stage.ARCHIVED] == [Stage.DECIDED]
    assert {STEPS[stage, Stage.DECIDED] for stage in (Stage.ISSUED, Stage.ARCHIVED)} == {Act.CORRECT}


def test_only_two_steps_go_back() -> None:
    assert {pair for pair in STEPS if is_backward(*pair)} == {
        (Stage.IN_SESSION, Stage.OPENED),
        (Stage.DECIDED, Stage.IN_SESSION),
    }


def standing(*roles: Role, parties: tuple[Party, ...] = ()) -> Standing:
    return Standing("somebody", frozenset(roles), parties)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_no_role_but_the_secretary_opens_fixes_records_or_prepares(role: Role) -> None:
    acts = standing(role, parties=(MINISTRY, UNION)).acts
    assert not acts & {Act.OPEN, Act.FIX_TERMS, Act.RECORD, Act.PREPARE, Act.START_COLLECTING, Act.GO_BACK}


@pytest.mark.parametrize("role", list(Role))
def test_no_role_files_a_position_only_a_mandate_does(role: Role) -> None:
    party_acts = {Act.FILE_POSITION, Act.DECLARE_FINAL, Act.ACKNOWLEDGE_TERMS}
    assert not standing(role).acts & party_acts
    assert party_acts <= standing(role, parties=(UNION,)).acts


def test_the_administrator_of_the_installation_sees_nothing_of_a_sitting() -> None:
    assert standing(Role.ADMINISTRATOR).acts == frozenset()
    assert standing().acts == frozenset()


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.COLLECTING])
def test_nobody_at_all_reads_positions_before_the_opening(stage: Stage) -> None:
    everybody = standing(*Role, parties=(MINISTRY, UNION))
    assert not may(everybody, Act.READ_OPENED, stage)
    assert not may(everybody, Act.PUBLISH_OPTION, stage)
    assert not may(everybody, Act.RECORD, stage)


def test_delegates_the_chair_and_members_give_opinions_and_nobody_else() -> None:
    given = {role for role in Role if may(standing(role), Act.GIVE_OPINION, Stage.IN_SESSION)}
    assert given == {Role.CHAIR, Role.MEMBER}
    assert may(standing(parties=(UNION,)), Act.GIVE_OPINION, Stage.IN_SESSION)


@pytest.mark.parametrize(
    ("act", "first", "last"),
    [
        (Act.GIVE_OPINION, Stage.OPENED, Stage.IN_SESSION),
        (Act.SET_AGENDA, Stage.PREPARING, Stage.IN_SESSION),
        (Act.ENTER_FOLLOW_UP, Stage.DECIDED, Stage.ARCHIVED),
    ],
)
def test_what_enters_the_protocol_is_given_before_it_and_what_follows_after(
    act: Act, first: Stage, last: Stage
) -> None:
    everybody, stages = standing(*Role, parties=(MINISTRY, UNION)), list(Stage)
    allowed = stages[stages.index(first) : stages.index(last) + 1]
    assert [stage for stage in stages if may(everybody, act, stage)] == allowed


def test_only_the_secretary_sets_the_agenda() -> None:
    assert [role for role in Role if Act.SET_AGENDA in standing(role).acts] == [Role.SECRETARY]
    assert Act.SET_AGENDA not in standing(parties=(UNION,)).acts


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2020, 5, 3), False),
        (date(2020, 5, 4), True),
        (date(2020, 5, 14), True),
        (date(2020, 5, 15), False),
    ],
)
def test_a_mandate_holds_from_its_first_to_its_last_day(day: date, holds: bool) -> None:
    mandate = Mandate("p", "Асель", "union", Named(), Named(), date(2020, 5, 4), date(2020, 5, 14))
    assert mandate.holds_on(day) is holds
    assert Mandate("p", "Асель", "union", Named(), Named(), None, None).holds_on(day)


def test_each_side_needs_one_acknowledgement() -> None:
    parties = (MINISTRY, UNION)
    assert sides_missing(parties, []) == {"government", "lsg"}
    assert sides_missing(parties, ["ministry"]) == {"lsg"}
    assert sides_missing(parties, ["ministry", "union"]) == frozenset()
    assert sides_missing(parties, ["somebody else"]) == {"government", "lsg"}


LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMED = st.builds(Named, LETTERS, LETTERS, LETTERS)
AMOUNTS = st.integers(-(10**16), 10**16).map(Som)
WIRE = st.none() | st.integers(-(10**16), 10**16).map(str)
TERMS = st.builds(
    Terms,
    rule=st.sampled_from("ABCDEFM"),
    sources=st.lists(
        st.builds(
            Source,
            NAMED,
            AMOUNTS,
            st.integers(2000, 2100),
            NAMED,
            st.none() | st.sampled_from(["government", "lsg"]),
            st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    quantum=AMOUNTS,
    kappa=st.integers(0, 10),
    lsg_figure=st.sampled_from(LsgFigure),
    limits=st.lists(
        st.builds(Limit, st.integers(1, 500), WIRE, WIRE, st.booleans(), LETTERS),
        max_size=3,
        unique_by=lambda limit: limit.line,
    ).map(lambda limits: tuple(sorted(limits, key=lambda limit: limit.line))),
    deadline=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda at: at.replace(microsecond=0)
    ),
)


@given(TERMS)
def test_terms_come_back_from_their_document_and_hash_the_same(terms: Terms) -> None:
    written = document.written(terms)
    assert document.read(written) == terms
    assert terms_digest(document.written(document.read(written))) == terms_digest(written)


def test_the_order_of_the_limits_changes_no_hash() -> None:
    one, two = Limit(1, "0", None, False, ""), Limit(2, None, "100", True, "")
    made = [
        Terms("A", (), Som(10_000), 0, LsgFigure.LEAD, limits, datetime(2020, 5, 14, 12, tzinfo=UTC))
        for limits in ((one, two), (two, one))
    ]
    assert document.written(made[0]) == document.written(made[1])


def test_the_hash_of_the_terms_of_2020_stays_as_it_is() -> None:
    source = Source(
        Named("Киреше", "Доходы", "Revenue"),
        Som(220_000_000_000),
        2020,
        Named("", "24K-153595", ""),
        None,
        True,
    )
    terms = Terms("A", (source,), Som(10_000), 0, LsgFigure.LEAD, (), datetime(2020, 5, 14, 12, tzinfo=UTC))
    written = document.written(terms)
    assert written == (
        '{"deadline":"2020-05-14T12:00:00+00:00","kappa":0,"limits":[],"lines":"","lsg_figure":"lead",'
        '"quantum":"100.00","rule":"A","sources":[{"amount":"2200000000.00","document":{"en":"","ky":"",'
        '"ru":"24K-153595"},"illustrative":true,"name":{"en":"Revenue","ky":"Киреше","ru":"Доходы"},'
        '"side":null,"year":2020}]}'
    )
    assert terms_digest(written) == hashlib.sha256(f"budgetproto.terms.1\n{written}".encode()).hexdigest()


def test_an_envelope_without_sources_is_not_stated_and_never_zero() -> None:
    deadline = datetime(2020, 5, 14, 12, tzinfo=UTC)
    terms = Terms("A", (), Som(10_000), 0, LsgFigure.LEAD, (), deadline)
    assert terms.envelope is None
    two = (
        Source(Named("а"), Som(1_000), 2020, Named(), None, False),
        Source(Named("б"), Som(-1_000), 2020, Named(), None, False),
    )
    assert Terms("A", two, Som(10_000), 0, LsgFigure.LEAD, (), deadline).envelope == Som(0)
