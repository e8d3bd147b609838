"""A chain of fifty entries: whatever is done to it, it is found, and found where it was done."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from budgetproto.journal.domain import (
    EMPTY,
    Break,
    Entry,
    canonical_json,
    entry_hash,
    length_prefixed,
    verify,
)

CHAIN = "party:sitting-2020:union"


def rehashed(entry: Entry, previous: str) -> Entry:
    fields = {name: value for name, value in vars(entry).items() if name not in {"hash", "previous"}}
    return replace(entry, previous=previous, hash=entry_hash(**fields, previous=previous))


def fifty(*, word: str = "Гранттар") -> list[Entry]:
    """Return a chain of fifty entries with Kyrgyz words in them."""
    made: list[Entry] = []
    for number in range(1, 51):
        at = datetime(2020, 5, 14, 9, 0, tzinfo=UTC) + timedelta(seconds=number, microseconds=number)
        payload = canonical_json({"number": number, "word": f"{word} №{number}"})
        entry = Entry(CHAIN, number, at, "disputes.position_filed", payload, "", "")
        made.append(rehashed(entry, made[-1].hash if made else EMPTY))
    return made


WHOLE = fifty()
HEAD = WHOLE[-1].hash


def broken(entries: list[Entry]) -> Break | None:
    return verify(CHAIN, entries, length=50, head=HEAD)


def flipped_text(text: str, bit: int) -> str:
    """Flip one bit of one letter."""
    place, bit = divmod(bit, 7)
    return text[:place] + chr(ord(text[place]) ^ (1 << bit)) + text[place + 1 :]


def flips(entry: Entry) -> list[Callable[[], Entry]]:
    """Return every way to flip one bit of one field."""
    ways: list[Callable[[], Entry]] = []
    for name in ("chain", "kind", "payload", "previous", "hash"):
        text = getattr(entry, name)
        ways += [
            lambda n=name, t=text, b=bit: replace(entry, **{n: flipped_text(t, b)})  # type: ignore[arg-type, misc]
            for bit in range(len(text) * 7)
        ]
    ways += [lambda b=bit: replace(entry, sequence=entry.sequence ^ 1 << b) for bit in range(63)]  # type: ignore[misc]
    ways += [
        lambda b=bit: replace(entry, at=entry.at + timedelta(microseconds=1 << b))  # type: ignore[misc]
        for bit in range(50)
    ]
    return ways


def test_a_whole_chain_has_no_break() -> None:
    assert broken(WHOLE) is None
    assert verify(CHAIN, [], length=0, head=EMPTY) is None


@pytest.mark.parametrize("place", [0, 24, 49])
def test_every_flipped_bit_of_an_entry_is_found_at_its_number(place: int) -> None:
    ways = flips(WHOLE[place])
    assert len(ways) > 1_500
    for flip in ways:
        found = broken([*WHOLE[:place], flip(), *WHOLE[place + 1 :]])
        assert found is not None
        assert found.sequence == place + 1


@pytest.mark.parametrize("place", range(50))
def test_a_deleted_entry_is_found(place: int) -> None:
    assert broken(WHOLE[:place] + WHOLE[place + 1 :]) is not None


@pytest.mark.parametrize("place", range(49))
def test_two_exchanged_entries_are_found(place: int) -> None:
    entries = [*WHOLE[:place], WHOLE[place + 1], WHOLE[place], *WHOLE[place + 2 :]]
    assert broken(entries) == Break(CHAIN, place + 1, "journal.break.missing")
    renumbered = [replace(entry, sequence=number) for number, entry in enumerate(entries, start=1)]
    assert broken(renumbered) == Break(CHAIN, place + 1, "journal.break.link")


@pytest.mark.parametrize("place", range(51))
def test_an_inserted_entry_is_found(place: int) -> None:
    inserted = [*WHOLE[:place], WHOLE[max(place - 1, 0)], *WHOLE[place:]]
    renumbered = [replace(entry, sequence=number) for number, entry in enumerate(inserted, start=1)]
    assert broken(inserted) is not None
    assert broken(renumbered) is not None


@pytest.mark.parametrize("kept", [0, 1, 25, 49])
def test_a_cut_tail_is_found_by_the_head_held_elsewhere(kept: int) -> None:
    assert broken(WHOLE[:kept]) == Break(CHAIN, kept, "journal.break.head")
    cut = WHOLE[:kept]
    own_head = cut[-1].hash if cut else EMPTY
    assert verify(CHAIN, cut, length=kept, head=own_head) is None  # the server alone would not notice


def test_a_chain_written_anew_is_found_by_the_head_held_elsewhere_and_by_nothing_else() -> None:
    forged = fifty(word="Кыскартуу")
    assert verify(CHAIN, forged, length=50, head=forged[-1].hash) is None
    assert broken(forged) == Break(CHAIN, 50, "journal.break.head")


@pytest.mark.parametrize("place", [0, 30, 49])
def test_one_entry_altered_and_all_after_it_hashed_anew_is_found_by_the_head(place: int) -> None:
    forged = list(WHOLE)
    forged[place] = replace(forged[place], payload=canonical_json({"number": 0}))
    for number in range(place, 50):
        forged[number] = rehashed(forged[number], forged[number - 1].hash if number else EMPTY)
    assert broken(forged) == Break(CHAIN, 50, "journal.break.head")


def test_an_entry_of_another_chain_does_not_fit() -> None:
    assert verify("party:sitting-2020:cities", WHOLE, length=50, head=HEAD) == Break(
        "party:sitting-2020:cities", 1, "journal.break.altered"
    )


def test_no_two_lists_of_fields_are_the_same_bytes() -> None:
    seen = random.Random(7)
    parts = [b"", b"a", b"ab", b"b", b"\0" * 8, (1).to_bytes(8, "big")]
    made: dict[bytes, tuple[bytes, ...]] = {}
    for _ in range(5_000):
        chosen = tuple(seen.choice(parts) for _ in range(seen.randint(0, 4)))
        assert made.setdefault(length_prefixed(*chosen), chosen) == chosen


def test_the_hash_of_an_entry_stays_as_it_is() -> None:
    """Chains of years to come are verified against exactly this value."""
    first = WHOLE[0]
    assert first.payload == '{"number":1,"word":"Гранттар №1"}'
    assert first.hash == "5818313450c953563c2dabed06a0511d1686d4a09afb857e5483c81695e2fd03"
