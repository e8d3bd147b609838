"""The rows of the form of the terms for the limits of territories and of kinds."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from wtforms import SelectField

from budgetproto.disputes.lines.form_rows import GROUP
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import LANGUAGES, Named, text
from budgetproto.money.fields import AmountField
from budgetproto.sittings.fields import line, numbered
from budgetproto.sittings.groups import GroupLimit, Scope
from budgetproto.web import Form, choice

_TYPED: Final = ("of", "floor", "cap", "basis_ky", "basis_ru")


def group_fields(rows: int, choices: Mapping[str, Named]) -> dict[str, Any]:
    """Return the fields of so many rows; `choices` names the groups by the keys of their limits."""
    return {
        f"{GROUP}{name}_{number}": field
        for number in range(1, rows + 1)
        for name, field in _fields(number, choices).items()
    }


def groups_of(form: Form, rows: int) -> tuple[GroupLimit, ...]:
    """Return the limits that were typed; BadInput for one without group, bound or basis."""
    return tuple(_group(form, number) for number in stated_rows(form, rows))


def stated_rows(form: Form, rows: int) -> list[int]:
    """Return the numbers of the rows in which something was typed."""
    return [number for number in range(1, rows + 1) if _typed(form, number)]


def group_values(groups: Sequence[GroupLimit]) -> dict[str, Any]:
    """Return limits as the values their rows start with."""
    values: dict[str, Any] = {}
    for number, group in enumerate(groups, start=1):
        texts = {"basis_ky": group.basis.ky, "basis_ru": group.basis.ru}
        for name, value in {"of": group.key, "floor": group.floor, "cap": group.cap, **texts}.items():
            values[f"{GROUP}{name}_{number}"] = value
    return values


def _fields(number: int, choices: Mapping[str, Named]) -> dict[str, Any]:
    label: Callable[[str], Any] = partial(numbered, number=number)
    of = [choice(key, _told(key, name)) for key, name in choices.items()]
    return {
        "of": SelectField(label("disputes.group.of"), choices=[choice("", "web.choose"), *of]),
        "floor": AmountField(label("sittings.group.floor")),
        "cap": AmountField(label("sittings.group.cap")),
        "basis_ky": line(label("disputes.group.basis_ky"), most=500),
        "basis_ru": line(label("disputes.group.basis_ru"), most=500),
    }


def _told(key: str, name: Named) -> Named:
    """Say of a group whether it is a territory or a kind."""
    scope = key.partition(":")[0]
    return Named(*(f"{text(f'sittings.group.{scope}', code)}: {name.in_(code)[0]}" for code in LANGUAGES))


def _typed(form: Form, number: int) -> dict[str, Any]:
    """Return what was typed in a row; zero is a figure, a blank is none."""
    values = {name: form[f"{GROUP}{name}_{number}"].data for name in _TYPED}
    return {name: value for name, value in values.items() if value not in (None, "")}


def _group(form: Form, number: int) -> GroupLimit:
    typed = _typed(form, number)
    asked = ("of", "floor" if "cap" not in typed else "cap", "basis_ky")
    for name in asked:
        if name not in typed:
            raise BadInput(Problem("web.required", form_field=f"{GROUP}{name}_{number}"))
    scope, _, code = typed["of"].partition(":")
    basis = Named(typed["basis_ky"], typed.get("basis_ru", ""))
    return GroupLimit(Scope(scope), code, typed.get("floor"), typed.get("cap"), basis)
