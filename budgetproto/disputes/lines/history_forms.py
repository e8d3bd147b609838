"""The rows of a line's form for its history before the sitting."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final, get_args

from wtforms import DateField, SelectField
from wtforms.validators import Optional

from budgetproto.accounts.domain import Party, Side
from budgetproto.disputes.domain import Measure
from budgetproto.disputes.lines.history import LONGEST, HistoryEntry, HistoryKind, by_date
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import NO_NAME, Named
from budgetproto.money.fields import AmountField, PercentageField
from budgetproto.sittings.fields import labelled, line, numbered, passage, spread
from budgetproto.web import Form, choice, in_years

#: Rows a page beyond its entries offers.
_BLANK: Final = 1
_FIGURES: Final = {Measure.AMOUNT: AmountField, Measure.PERCENTAGE: PercentageField}
_LANGUAGES: Final = ("ky", "ru", "en")


def history_fields(measure: Measure, rows: int) -> dict[str, Any]:
    """Return the fields of so many rows; only amounts and percentages have a figure."""
    return {
        f"{name}_{number}": field
        for number in range(1, rows + 1)
        for name, field in _fields(measure, number).items()
    }


def rows_of(history: tuple[HistoryEntry, ...]) -> int:
    """Return how many rows a page begins with."""
    return len(history) + _BLANK


def offer_actors(form: Form, rows: int, parties: Iterable[Party]) -> None:
    """Let the reader choose who acted: a side, both, or one of the invited bodies."""
    bodies = [choice(party.id, party.name) for party in parties]
    sides = [choice(side, f"accounts.side.{side}") for side in get_args(Side)]
    unknown, both = choice("", "disputes.history.by.unknown"), choice("both", "disputes.history.by.both")
    for number in range(1, rows + 1):
        form[f"history_by_{number}"].choices = [unknown, both, *sides, *bodies]


def history_of(form: Form, rows: int, sides: Mapping[str, Side]) -> tuple[HistoryEntry, ...]:
    """Return the entries that were typed, by date; BadInput for one without kind or text.

    `sides` gives the side of each invited body.
    """
    typed = [_entry(form, number, sides) for number in range(1, rows + 1) if _stated(form, number)]
    return by_date(typed)


def history_values(history: tuple[HistoryEntry, ...], *, figures: bool) -> dict[str, Any]:
    """Return entries as the values their rows start with; `figures` of another measure are left out."""
    values: dict[str, Any] = {}
    for number, entry in enumerate(history, start=1):
        texts = {f"{name}_{number}": text for name, text in spread("history_text", entry.text).items()}
        values |= texts | {
            f"history_kind_{number}": entry.kind.value,
            f"history_on_{number}": entry.on,
            f"history_by_{number}": entry.party or entry.side or "",
            f"history_figure_{number}": entry.figure if figures else None,
            f"history_source_{number}": entry.source,
        }
    return values


def _fields(measure: Measure, number: int) -> dict[str, Any]:
    label: Callable[[str], Any] = partial(numbered, number=number)
    kinds = [choice(kind.value, f"disputes.history.kind.{kind.value}") for kind in HistoryKind]
    figure = _FIGURES.get(measure)
    return {
        "history_kind": SelectField(
            label("disputes.history.kind"), choices=[choice("", "web.choose"), *kinds]
        ),
        "history_on": DateField(label("disputes.history.on"), [Optional(), in_years()]),
        "history_by": SelectField(label("disputes.history.by")),
        **{f"history_text_{code}": passage(_text_label(number, code), most=LONGEST) for code in _LANGUAGES},
        **({"history_figure": figure(label("disputes.history.figure"))} if figure else {}),
        "history_source": line(label("disputes.history.source"), most=500),
    }


def _text_label(number: int, code: str) -> Named:
    words = labelled("disputes.history.text", code)
    return Named(*(f"{number}. {getattr(words, reader)}" for reader in _LANGUAGES))


def _stated(form: Form, number: int) -> bool:
    typed = (name for name in form.data if name.startswith("history_") and name.endswith(f"_{number}"))
    return any(form[name].data not in (None, "") for name in typed)


def _entry(form: Form, number: int, sides: Mapping[str, Side]) -> HistoryEntry:
    text, kind = _text(form, number), form[f"history_kind_{number}"].data
    for value, name in ((kind, "kind"), (text != NO_NAME, "text_ky")):
        if not value:
            raise BadInput(Problem("web.required", form_field=f"history_{name}_{number}"))
    by = form[f"history_by_{number}"].data or None
    party = by if by in sides else None
    figure = f"history_figure_{number}"
    return HistoryEntry(
        kind=HistoryKind(kind),
        on=form[f"history_on_{number}"].data,
        text=text,
        side=sides[party] if party else by,
        party=party,
        figure=form[figure].data if figure in form else None,
        source=form[f"history_source_{number}"].data or "",
    )


def _text(form: Form, number: int) -> Named:
    written = (form[f"history_text_{code}_{number}"].data for code in _LANGUAGES)
    return Named(*((text or "").strip() for text in written))
