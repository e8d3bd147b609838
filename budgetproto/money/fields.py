"""Form fields for money: what was typed stays as it was typed, what cannot be read is told, not guessed."""

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from budgetproto.errors import Problem
from budgetproto.money.som import Som, Unit, UnreadableNumber, parse_percentage


class _ReadField(StringField):
    """A text field whose `data` is what the typed text means; blank means `None`."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; a fault is kept as a Problem with its message key."""
        typed = str(valuelist[0]) if valuelist else ""
        self.data = None
        if typed.strip():
            try:
                self.data = self.read(typed)
            except UnreadableNumber as fault:
                raise _carrying(Problem(fault.key, fault.details, form_field=self.name)) from fault

    def _value(self) -> str:
        """Return the text of the input: what was typed, else the value it starts with."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)

    def read(self, typed: str) -> object:
        """Return the meaning of a text that is not blank; raise UnreadableNumber."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Return a text that `read` gives `value` for."""
        raise NotImplementedError


class AmountField(_ReadField):
    """An amount in `unit`, or in the unit of the form: `PositionForm(meta={"unit": sitting.unit})`.

    `data` is a Som, or None when the field is blank or could not be read.
    """

    def __init__(
        self,
        label: str | None = None,
        validators: Iterable[Callable[..., None]] = (),
        *,
        unit: Unit | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, tuple(validators), **options)
        self._unit = unit

    @property
    def unit(self) -> Unit:
        """The unit people type in."""
        unit = self._unit or getattr(self.meta, "unit", None)
        if not isinstance(unit, Unit):
            raise TypeError(f"the amount field {self.name} has no unit")
        return unit

    def read(self, typed: str) -> Som:
        """Read an amount in the field's unit."""
        return Som.parse(typed, self.unit)

    def write(self, value: Som) -> str:
        """Write an amount the way people type it: groups of three, a decimal comma."""
        whole, rest = divmod(abs(value.tyiyn), self.unit.tyiyn)
        fraction = str(rest).rjust(len(str(self.unit.tyiyn)) - 1, "0").rstrip("0")
        return _sign(value.tyiyn) + _grouped(whole) + "," + fraction.ljust(self.unit.decimals, "0")


class PercentageField(_ReadField):
    """A percentage; `data` is a whole number of hundredths of a percentage point, or None."""

    def read(self, typed: str) -> int:
        """Read a percentage with up to two decimals, with or without its sign."""
        return parse_percentage(typed)

    def write(self, value: int) -> str:
        """Write hundredths of a percentage point with a decimal comma."""
        whole, rest = divmod(abs(value), 100)
        return _sign(value) + _grouped(whole) + (f",{rest:02d}" if rest else "")


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", " ")


def _sign(value: int) -> str:
    return "-" if value < 0 else ""


def _carrying(problem: Problem) -> ValidationError:
    """Carry a whole problem through WTForms, which keeps the first argument of what is raised."""
    fault = ValidationError()
    fault.args = (problem,)
    return fault
