"""What can be told: the base of every event, and its one sentence in three languages."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from budgetproto.i18n import Language, Named, text
from budgetproto.journal.domain import Entry

#: Names of the things that events refer to by id: the name of the field, then the id.
Names = Mapping[str, Mapping[str, Named]]

#: Every kind of event there is; a kind is never renamed, since chains keep it for ever.
KINDS: dict[str, "type[Event]"] = {}


@dataclasses.dataclass(frozen=True)
class Event:
    """Something that happened. A subclass names its `kind` ("room.happened") and its values.

    Values are text, whole numbers or None, never sealed content. Fields named in `refers` hold ids: people,
    parties, lines and sittings are told by the name they have when the sentence is read.
    """

    kind: ClassVar[str]
    refers: ClassVar[frozenset[str]] = frozenset({"person", "party", "line", "sitting"})

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.kind in KINDS:
            raise TypeError(f"two events of the kind {cls.kind}")
        KINDS[cls.kind] = cls

    def payload(self) -> dict[str, object]:
        """Return the values the chain keeps."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Return the values as the sentence needs them; a subclass may turn codes into words."""
        del language
        return values


def sentence_key(kind: str) -> str:
    """Return the message key of a kind: "disputes.opened" is told by "disputes.event.opened"."""
    room, _, happened = kind.partition(".")
    return f"{room}.event.{happened}"


def sentence(entry: Entry, names: Names, language: Language) -> str:
    """Tell an entry in one sentence."""
    values = entry.values()
    told = dict(KINDS[entry.kind].told(values, language)) if entry.kind in KINDS else values
    for place in _referring(entry, values):
        told[place] = names.get(place, {}).get(str(values[place]), values[place])
    return text(sentence_key(entry.kind), language, **told)


def referred(entries: Iterable[Entry]) -> dict[str, set[str]]:
    """Collect the ids that entries refer to, by the name of the field."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        values = entry.values()
        for place in _referring(entry, values):
            found.setdefault(place, set()).add(str(values[place]))
    return found


def _referring(entry: Entry, values: Mapping[str, object]) -> list[str]:
    """Return the fields of an entry that refer to somebody or something: nobody is called nothing."""
    refers = KINDS[entry.kind].refers if entry.kind in KINDS else ()
    return [place for place in refers if values.get(place) is not None]
