"""What happens to a sitting, for its chain."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from budgetproto.i18n import Language, Sentence, is_known, text
from budgetproto.journal import Event


@dataclass(frozen=True)
class SittingPrepared(Event):
    """A sitting was entered."""

    kind: ClassVar[str] = "sittings.prepared"
    person: str
    number: str


@dataclass(frozen=True)
class PartyInvited(Event):
    """A party was invited."""

    kind: ClassVar[str] = "sittings.party_invited"
    person: str
    party: str


@dataclass(frozen=True)
class SittingChanged(Event):
    """What identifies a sitting was changed; `before` and `after` are the hashes of it."""

    kind: ClassVar[str] = "sittings.changed"
    person: str
    before: str
    after: str


@dataclass(frozen=True)
class SittingCloned(Event):
    """A sitting was made from an earlier one, which `source` names by its number."""

    kind: ClassVar[str] = "sittings.cloned"
    person: str
    source: str
    lines: int


@dataclass(frozen=True)
class InvitationRemoved(Event):
    """A party was taken off the list while the sitting was prepared, with its mandates."""

    kind: ClassVar[str] = "sittings.invitation_removed"
    person: str
    party: str


@dataclass(frozen=True)
class PartyMoved(Event):
    """A party was put at another place of the list."""

    kind: ClassVar[str] = "sittings.party_moved"
    person: str
    party: str
    place: int


@dataclass(frozen=True)
class DeadlineExtended(Event):
    """The deadline was put off while positions were collected."""

    kind: ClassVar[str] = "sittings.deadline_extended"
    person: str
    before: str
    after: str
    reason: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell both deadlines by the clock in Bishkek."""
        del language
        told = {place: datetime.fromisoformat(str(values[place])) for place in ("before", "after")}
        return {**values, **told}


@dataclass(frozen=True)
class MandateRevoked(Event):
    """A person's mandate for a party was revoked: from that moment it gives no right."""

    kind: ClassVar[str] = "sittings.mandate_revoked"
    person: str
    delegate: str
    party: str
    reason: str
    refers: ClassVar[frozenset[str]] = frozenset({"person", "delegate", "party"})


@dataclass(frozen=True)
class MandateEntered(Event):
    """A person's mandate for a party was entered; `digest` is the hash of its words."""

    kind: ClassVar[str] = "sittings.mandate_entered"
    person: str
    delegate: str
    party: str
    digest: str
    valid_from: str | None
    valid_to: str | None
    refers: ClassVar[frozenset[str]] = frozenset({"person", "delegate", "party"})


@dataclass(frozen=True)
class KeyTouched(Event):
    """Something was done to the account of a delegate while positions may be sealed, by one or two people."""

    kind: ClassVar[str] = "sittings.key_touched"
    refers: ClassVar[frozenset[str]] = frozenset({"person", "delegate", "party", "agreed"})
    person: str
    delegate: str
    party: str
    agreed: str | None
    deed: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the act by its name."""
        del language
        return {**values, "deed": Sentence(f"accounts.deed.{values['deed']}")}


@dataclass(frozen=True)
class FourEyesSet(Event):
    """From now on two people file each position of a party."""

    kind: ClassVar[str] = "sittings.four_eyes_set"
    person: str
    party: str


@dataclass(frozen=True)
class FourEyesLifted(Event):
    """One person may file a position of a party again."""

    kind: ClassVar[str] = "sittings.four_eyes_lifted"
    person: str
    party: str


@dataclass(frozen=True)
class TermsProposed(Event):
    """A version of the terms was proposed."""

    kind: ClassVar[str] = "sittings.terms_proposed"
    person: str
    number: int
    digest: str
    #: What decides of the procedure, as a JSON object; of old versions it was not kept.
    procedure: str = "{}"

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Name the settings that decide."""
        noted = json.loads(str(values.get("procedure", "{}")))
        said = (
            f"{text(f'sittings.setting.{key}', language)}: {_said(each, language)}"
            for key, each in noted.items()
        )
        return {**values, "procedure": "; ".join(said) or None}


@dataclass(frozen=True)
class TermsAcknowledged(Event):
    """A party acknowledged a version of the terms."""

    kind: ClassVar[str] = "sittings.terms_acknowledged"
    person: str
    party: str
    number: int
    digest: str


@dataclass(frozen=True)
class TermsFixed(Event):
    """The terms were fixed; `reason` says why although a side had not acknowledged them, if so."""

    kind: ClassVar[str] = "sittings.terms_fixed"
    person: str
    number: int
    digest: str
    reason: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell that no reason was needed by a dash."""
        del language
        return {**values, "reason": values["reason"] or None}


@dataclass(frozen=True)
class StageReached(Event):
    """The sitting went a step; a step back has its reason."""

    kind: ClassVar[str] = "sittings.stage_reached"
    person: str
    before: str
    after: str
    reason: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the stages by their names."""
        del language
        named = {place: Sentence(f"sittings.stage.{values[place]}") for place in ("before", "after")}
        return {**values, **named, "reason": values["reason"] or None}


@dataclass(frozen=True)
class SettingChanged(Event):
    """A name, an article, a quorum or a deadline of the procedure was changed."""

    kind: ClassVar[str] = "sittings.setting_changed"
    person: str
    key: str
    value: str
    source: str
    before: str = ""

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Name the setting; what stood before was not always kept."""
        del language
        named = Sentence(f"sittings.setting.{values['key']}")
        return {**values, "key": named, "before": values.get("before") or None}


@dataclass(frozen=True)
class CalendarDayEntered(Event):
    """It was said of a day whether it is worked, and by what act."""

    kind: ClassVar[str] = "sittings.calendar_day_entered"
    person: str
    day: str
    working: str
    name: str
    source: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Write the day as acts do, and say whether it is worked."""
        del language
        working = Sentence(f"sittings.calendar.working.{values['working']}")
        return {**values, "day": date.fromisoformat(str(values["day"])), "working": working}


@dataclass(frozen=True)
class CalendarDayRemoved(Event):
    """An entry of the calendar was taken out: the published calendar holds again on that day."""

    kind: ClassVar[str] = "sittings.calendar_day_removed"
    person: str
    day: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Write the day as acts do."""
        del language
        return {**values, "day": date.fromisoformat(str(values["day"]))}


def _said(value: str, language: Language) -> str:
    """Return the value of a setting, in words where it is a choice."""
    choice = f"sittings.choice.{value}"
    return text(choice, language) if is_known(choice) else value
