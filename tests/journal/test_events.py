"""Every kind of event is told in one sentence in three languages."""

import dataclasses
import importlib
import typing
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

import budgetproto
from budgetproto.i18n import LANGUAGES, Language, Named
from budgetproto.journal import Event, sentence
from budgetproto.journal.domain import Entry, canonical_json
from budgetproto.journal.events import KINDS, referred

PACKAGE = Path(budgetproto.__file__).parent
for file in sorted(PACKAGE.rglob("events.py")):
    importlib.import_module(".".join(("budgetproto", *file.relative_to(PACKAGE).with_suffix("").parts)))
OURS = sorted(kind for kind in KINDS if not kind.startswith("tests."))

#: Values that must be words of the domain; any other text may be anything.
SAMPLES: dict[str, object] = {
    "before": "preparing",
    "after": "collecting",
    "outcome": "partly_agreed",
    "figure": '{"amount":"600000000.00"}',
    "until": "2020-05-14T12:00+00:00",
    "indicator": "population",
    "on": "2020-01-01",
    "day": "2026-03-21",
    "working": "no",
    "deed": "deactivate",
    "how": "spreadsheet",
    "what": "legal_basis",
    "key": "quorum_share",
    "adopted": "rejected",
    "answer": "condition",
    "result": "part",
    "scope": "totals",
    "state": "refused",
    "scopes": "sittings journal",
    "list": "indicators",
    "rows": 5,
    "status": "proposal",
    "places": "signed open refused",
    "step": "opined",
    "part": "course",
    "became": "submitted",
    "origin": "typed",
    "since": "2026-11-02",
    "initiators": "ministry",
    "procedure": '{"majority_of":"present","quorum_share":"1/2"}',
}
#: Where the same word means something else.
OTHERWISE: dict[str, dict[str, object]] = {
    "annual.content_changed": {"part": "section"},
    "annual.publication_set": {"part": "all"},
    "proceedings.follow_up_corrected": {"what": "executed", "before": '{"amount":"500000000.00"}'},
    "proceedings.participation_entered": {"question": "came", "answer": "no"},
    "proceedings.touching_judged": {"touches": "no"},
    "proceedings.invitation_bound": {"listed": "no"},
    "expertise.recorded": {"step": "declared"},
    "expertise.disclosed": {"step": "handedin"},
    "accounts.roles_changed": {"before": "member", "after": "chair member"},
    "sittings.deadline_extended": {"before": "2020-05-14T12:00+00:00", "after": "2020-05-15T12:00+00:00"},
}
#: Values kept for a later check and too long for a sentence.
UNTOLD = {
    ("protocol.place_answered", "way"),  # told on the paper
    ("protocol.correction_begun", "language"),  # of the reason, which is told
    ("proceedings.follow_up_entered", "digest"),
    ("transfers.kind_edited", "sources"),
    ("transfers.list_imported", "digest"),
    ("proceedings.agenda_item_entered", "digest"),
    ("proceedings.attendance_recorded", "digest"),
    ("proceedings.participation_entered", "digest"),
    ("proceedings.touching_judged", "digest"),
    ("proceedings.speech_recorded", "digest"),
    ("disputes.lines_withdrawn", "lines"),  # their numbers are told
    ("disputes.lines_changed", "lines"),
}
NAMES = {
    place: {f"id of {place}": Named(f"{place} кыргызча", f"{place} по-русски", f"{place} in English")}
    for place in ("person", "delegate", "party", "beside", "line", "sitting", "whom", "agreed", "author")
}


def sample(kind: type[Event]) -> dict[str, object]:
    hints = typing.get_type_hints(kind)
    samples = SAMPLES | OTHERWISE.get(kind.kind, {})
    changes = kind.kind.endswith("line_changed")  # its before and after are hashes
    return {
        field.name: f"id of {field.name}"
        if field.name in kind.refers
        else samples[field.name]
        if field.name in samples and not changes
        else 12_345
        if hints[field.name] is int
        else f"text of {field.name}"
        for field in dataclasses.fields(kind)
    }


def belongs_to_another(name: str, language: Language) -> bool:
    return any(name.endswith(f"_{other}") for other in LANGUAGES if other != language)


def is_told_as_it_is(kind: str, name: str) -> bool:
    return name not in SAMPLES.keys() | OTHERWISE.get(kind, {}).keys() and (kind, name) not in UNTOLD


def entry(kind: str, values: Mapping[str, object]) -> Entry:
    return Entry("sitting:2020", 1, datetime(2020, 5, 14, tzinfo=UTC), kind, canonical_json(values), "", "")


@pytest.mark.parametrize("kind", OURS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_is_told_with_everything_in_it(kind: str, language: Language) -> None:
    values = sample(KINDS[kind])
    told = sentence(entry(kind, values), NAMES, language)
    assert "{" not in told
    for name, value in values.items():
        if name in KINDS[kind].refers:
            assert NAMES[name][str(value)].text(language) in told
        elif is_told_as_it_is(kind, name) and not belongs_to_another(name, language):
            assert str(value) in told.replace("\u00a0", "").replace(",", "")


@pytest.mark.parametrize("kind", OURS)
def test_an_event_is_told_differently_in_each_language(kind: str) -> None:
    told = {sentence(entry(kind, sample(KINDS[kind])), NAMES, language) for language in LANGUAGES}
    assert len(told) == 3


@pytest.mark.parametrize("kind", OURS)
def test_an_event_keeps_text_whole_numbers_and_nothing_else(kind: str) -> None:
    hints = typing.get_type_hints(KINDS[kind])
    kept = {hints[field.name] for field in dataclasses.fields(KINDS[kind])}
    assert kept <= {str, int, str | None, int | None}


def test_an_event_of_somebody_erased_is_told_by_the_id() -> None:
    told = sentence(entry("accounts.logged_in", {"person": "a1b2"}), {}, "en")
    assert told == "Logged in: a1b2."


def test_nobody_who_agreed_is_a_dash_and_not_somebody_erased() -> None:
    values = {"person": "p", "whom": "w", "agreed": None}
    assert "Agreed by: —." in sentence(entry("accounts.log_ins_ended", values), {}, "en")
    assert "None" not in {
        each for ids in referred([entry("accounts.deactivated", values)]).values() for each in ids
    }


def test_an_entry_from_before_two_people_could_agree_is_told_still() -> None:
    told = sentence(entry("accounts.log_ins_ended", {"person": "p", "whom": "w"}), {}, "en")
    assert told == "Log-ins were ended: w. By: p. Agreed by: —."


def test_a_figure_is_told_as_people_write_it() -> None:
    told = sentence(
        entry("proceedings.proposal_made", {"person": "p", "line": "l", "figure": SAMPLES["figure"]}),
        {},
        "ky",
    )
    assert "600\u00a0000,0" in told
    assert "amount" not in told


def test_the_end_of_a_second_term_is_told_by_the_clock_in_bishkek() -> None:
    values = {"line": "l", "until": SAMPLES["until"]}
    assert "14 May 2020, 18:00" in sentence(entry("disputes.second_term_given", values), {}, "en")


def test_the_ids_an_event_refers_to_are_collected_by_what_they_are() -> None:
    values = {"person": "p1", "delegate": "p2", "party": "u1"}
    assert referred([entry("sittings.mandate_entered", values)]) == {
        "person": {"p1"},
        "delegate": {"p2"},
        "party": {"u1"},
    }


def test_no_two_events_share_a_kind() -> None:
    with pytest.raises(TypeError):

        class LoggedInAgain(Event):
            kind = "accounts.logged_in"
