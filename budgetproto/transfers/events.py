"""What happens to the reference data, and its sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgetproto.i18n import Language, Named, text
from budgetproto.journal import Event


@dataclass(frozen=True)
class ReferenceLoaded(Event):
    """Reference data was loaded; `digest` is the SHA-256 of all its rows."""

    kind: ClassVar[str] = "transfers.loaded"
    digest: str
    territories: int
    kinds: int
    transfers: int


@dataclass(frozen=True)
class KindEdited(Event):
    """The legal basis of a kind of transfer was edited: what it was, what it is."""

    kind: ClassVar[str] = "transfers.kind_edited"
    person: str
    code: str
    was_ky: str
    was_ru: str
    was_en: str
    basis_ky: str
    basis_ru: str
    basis_en: str
    sources: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Give the sentence both texts as names in three languages."""
        del language
        return {
            **values,
            "was": _named(values, "was"),
            "basis": _named(values, "basis"),
        }


@dataclass(frozen=True)
class IndicatorAdded(Event):
    """A value of a territory was added; `value` is people, or som in the wire form."""

    kind: ClassVar[str] = "transfers.indicator_added"
    person: str
    soate: str
    indicator: str
    value: str
    on: str
    source: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Name the indicator, and write its date as acts do."""
        return {
            **values,
            "indicator": text(f"transfers.indicator.{values['indicator']}", language),
            "on": date.fromisoformat(str(values["on"])),
        }


@dataclass(frozen=True)
class TransfersImported(Event):
    """A file of figures was taken; `digest` is the SHA-256 of its bytes, the others count its figures."""

    kind: ClassVar[str] = "transfers.imported"
    person: str
    source: str
    file: str
    digest: str
    rows: int
    new: int
    changed: int
    removed: int


@dataclass(frozen=True)
class ListImported(Event):
    """A list was imported as a whole; `digest` is the SHA-256 of its rows."""

    kind: ClassVar[str] = "transfers.list_imported"
    person: str
    list: str
    rows: int
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Name the list."""
        return {**values, "list": text(f"transfers.lists.{values['list']}", language)}


def _named(values: Mapping[str, object], part: str) -> Named | None:
    words = [str(values[f"{part}_{language}"]) for language in ("ky", "ru", "en")]
    return Named(*words) if any(words) else None
