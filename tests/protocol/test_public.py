"""What is public of a protocol holds no person's name, whatever was drawn, and nothing that is not public."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetproto.i18n import Named, Words
from budgetproto.protocol.composition import canonical_bytes, compose
from budgetproto.protocol.delivery.public import WITHHELD, for_the_public, names
from budgetproto.protocol.delivery.steps import Publication, Scope, Step, scope_on
from budgetproto.protocol.fixed_terms import Acknowledgement
from budgetproto.protocol.snapshot import AgendaItem, Attendee, Opinion, Position, Signatory, Snapshot, Speech
from tests.protocol.delivery_samples import issued_2020
from tests.protocol.samples import UNION, million

LETTERS = "абвгдеёжзийклмнңоөпрстуүфхцчшщыэюя"
WORD = st.text(LETTERS, min_size=3, max_size=9).map(str.capitalize)
NAME = st.tuples(WORD, WORD).map(" ".join)


TRANSLATOR = "Котормочу Которгон"


def written(snapshot: Snapshot, scope: Scope = "all", *, chair: bool = False) -> str:
    return canonical_bytes(compose(for_the_public(snapshot, scope, chair=chair))).decode()


@st.composite
def peopled(draw: st.DrawFn) -> Snapshot:
    """Draw a snapshot with names in every place that has one, and in what people wrote."""
    base = issued_2020()
    some = draw(st.lists(NAME, min_size=8, max_size=8, unique=True))
    chair, secretary, member, delegate, speaker, dissenter, signer, witness = some
    text = Named(ky=f"{member} айтты: {speaker} каршы.", ru=f"Сказал {chair}.")
    said = Words(text, "ky", ("ru",), translator=TRANSLATOR)
    line = replace(
        base.lines[0],
        positions=(Position(UNION, million(600), rationale=said, speaker=speaker),),
        decision=replace(base.lines[0].decision, note=said),  # type: ignore[type-var]  # it has one
    )
    attendance = replace(
        base.attendance, chair=chair, secretary=secretary, people=(Attendee("member", member),)
    )
    return replace(
        base,
        lines=(line, *base.lines[1:]),
        attendance=attendance,
        terms=replace(base.terms, acknowledged=(Acknowledgement(UNION, delegate, base.head.at),)),
        agenda=(AgendaItem(1, Named(ky=f"Угулсун: {witness}"), heard=(Speech(witness, Named(), said),)),),
        opinions=(Opinion("dissent", Named(ky=dissenter), said, dissenter, 1),),
        signatories=(Signatory("chair", chair), Signatory("government", signer, remark=said)),
    )


@settings(max_examples=60, deadline=None)
@given(peopled(), st.sampled_from(["all", "totals"]))
def test_no_name_that_the_full_protocol_holds_stands_in_what_is_public(
    snapshot: Snapshot, scope: Scope
) -> None:
    public = written(snapshot, scope)
    assert len(names(snapshot)) >= 8
    assert [name for name in names(snapshot) if name.lower() in public.lower()] == []
    assert TRANSLATOR not in public


@settings(max_examples=30, deadline=None)
@given(peopled())
def test_only_the_chair_is_named_where_it_is_set_so(snapshot: Snapshot) -> None:
    public = written(snapshot, chair=True)
    found = {name for name in names(snapshot) if name.lower() in public.lower()}
    assert found == {snapshot.attendance.chair}


@settings(max_examples=30, deadline=None)
@given(peopled())
def test_every_sum_is_that_of_the_full_protocol(snapshot: Snapshot) -> None:
    full = compose(snapshot)
    for scope in ("all", "totals"):
        public = compose(for_the_public(snapshot, scope))
        assert (public.overall, public.years, public.envelope, public.counts) == (
            full.overall,
            full.years,
            full.envelope,
            full.counts,
        )


@pytest.mark.parametrize("said", ["Асанов  Асан", "асанов асан", "Асан Асанов", "А. Асанов", "Асанов А."])
def test_a_name_is_withheld_however_it_is_written(said: str) -> None:
    snapshot = issued_2020()
    line = replace(snapshot.lines[0], title=Named(ky=f"Маселе: {said} сунуштады"))
    public = for_the_public(replace(snapshot, lines=(line, *snapshot.lines[1:])), "all")
    assert public.lines[0].title.ky == f"Маселе: {WITHHELD} сунуштады"


def test_a_city_in_whose_name_somebody_spoke_is_no_person() -> None:
    base = issued_2020()
    city = Named(ky="Бишкек шаары", ru="город Бишкек")
    spoken = Position(UNION, million(600), speaker="Бишкек шаары")
    line = replace(
        base.lines[0], territory=city, title=Named(ky="Бишкек шаарындагы грант"), positions=(spoken,)
    )
    public = for_the_public(replace(base, lines=(line,)), "all")
    assert public.lines[0].title.ky == "Бишкек шаарындагы грант"
    assert public.lines[0].positions[0].speaker == ""


def test_of_totals_no_line_says_what_it_is_about() -> None:
    snapshot = issued_2020()
    public = for_the_public(snapshot, "totals")
    for line, full in zip(public.lines, snapshot.lines, strict=True):
        assert line.title == Named()
        assert full.title.ky not in written(snapshot, "totals")


def test_of_nothing_there_is_no_value() -> None:
    with pytest.raises(ValueError, match="nothing"):
        for_the_public(issued_2020(), "nothing")


def step(scope: Scope, since: int, made: int) -> Step:
    at = datetime(2026, 1, made, tzinfo=UTC)
    return Step("publication", Publication(scope, date(2026, 1, since)), "", at, date(2026, 1, made))


@pytest.mark.parametrize(
    ("steps", "day", "wanted"),
    [
        ([], 9, None),
        ([step("all", 5, 1)], 4, None),
        ([step("all", 5, 1)], 5, "all"),
        ([step("all", 5, 1), step("totals", 9, 6)], 8, "all"),
        ([step("all", 5, 1), step("totals", 9, 6)], 9, "totals"),
        ([step("all", 5, 1), step("nothing", 6, 6)], 6, "nothing"),
        # what was to come is given up for what is decided before it came
        ([step("all", 5, 1), step("totals", 9, 3)], 6, None),
        ([step("all", 2, 1), step("totals", 9, 3), step("nothing", 12, 4)], 10, "all"),
    ],
)
def test_what_is_public_on_a_day_follows_from_the_entries(
    steps: list[Step], day: int, wanted: Scope | None
) -> None:
    found = scope_on(steps, date(2026, 1, day))
    assert (found.scope if found else None) == wanted
