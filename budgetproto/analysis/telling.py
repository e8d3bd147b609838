"""What was chosen, told in sentences: the conditions, the order, the groups; they stand on page and file."""

from collections.abc import Mapping
from typing import Final, Protocol

from budgetproto.analysis.choice import CONDITIONS, Choice
from budgetproto.analysis.columns import BY_KEY
from budgetproto.i18n import LANGUAGES, Named, every_language, with_unit
from budgetproto.money import Som, Unit
from budgetproto.protocol.composed import Standing


class Listed(Protocol):
    """What there is to choose among some lines: of one sitting, or of several."""

    @property
    def kinds(self) -> Mapping[str, Named]:
        """The kinds of transfers, by code."""

    @property
    def regions(self) -> Mapping[str, Named]:
        """The regions, by code."""

    @property
    def parties(self) -> Mapping[str, Named]:
        """The invited parties, by key."""

    @property
    def sittings(self) -> Mapping[str, Named]:
        """The sittings, by id."""

    @property
    def outcomes(self) -> tuple[Standing, ...]:
        """The outcomes that lines have."""

    @property
    def years(self) -> tuple[int, ...]:
        """The budget years."""


def told(choice: Choice, listed: Listed, unit: Unit) -> tuple[Named, ...]:
    """Tell the conditions, the order and the groups, a sentence each; nothing where nothing is chosen."""
    said = (_conditions(choice, listed, unit), _order(choice), _group(choice))
    return tuple(sentence for sentence in said if sentence)


def _conditions(choice: Choice, listed: Listed, unit: Unit) -> Named | None:
    if choice.everything:
        return None
    parts = [
        _condition(name, getattr(choice, name), listed, unit) for name in CONDITIONS if getattr(choice, name)
    ]
    joined = Named(*("; ".join(part.text(language) for part in parts) for language in LANGUAGES))
    return every_language("analysis.note.filter", conditions=joined)


def _condition(name: str, wanted: str | Som, listed: Listed, unit: Unit) -> Named:
    value = _value(name, wanted, listed, unit)
    return every_language("analysis.condition", name=every_language(_LABELS[name]), value=value)


def _value(name: str, wanted: str | Som, listed: Listed, unit: Unit) -> Named:
    if isinstance(wanted, Som):
        return Named(*(str(with_unit(wanted, unit, language)) for language in LANGUAGES))
    names: dict[str, Mapping[str, Named]] = {
        "kind": listed.kinds,
        "region": listed.regions,
        "party": listed.parties,
        "sitting": listed.sittings,
    }
    if name in names:
        return names[name][wanted]
    if name in _BEGUN:
        return every_language(f"{_BEGUN[name]}{wanted}")
    return Named(wanted, wanted, wanted)


def _order(choice: Choice) -> Named | None:
    if not choice.sort and not choice.order:
        return None
    column = BY_KEY[choice.sort or "number"].column.header
    way = every_language(f"analysis.order.{choice.order or 'asc'}")
    return every_language("analysis.note.order", column=column, way=way)


def _group(choice: Choice) -> Named | None:
    by = choice.group
    return (
        every_language("analysis.note.group", column=every_language(f"analysis.column.{by}")) if by else None
    )


_LABELS: Final = {
    "sitting": "analysis.column.sitting",
    "kind": "analysis.column.kind",
    "region": "analysis.column.region",
    "status": "analysis.column.status",
    "party": "analysis.party",
    "outcome": "analysis.column.outcome",
    "measure": "analysis.column.measure",
    "recurring": "analysis.column.recurring",
    "year": "analysis.column.year",
    "least": "analysis.least",
    "most": "analysis.most",
    "words": "analysis.words",
}
#: The beginning of the key that names a chosen value.
_BEGUN: Final = {
    "status": "analysis.status.",
    "outcome": "analysis.standing.",
    "measure": "disputes.measure.",
    "recurring": "disputes.recurring.",
}
