"""The fields of what programs send and are sent: each strict, each fault with a key and its values.

What a field refuses is what its description refuses: a program that goes by the description is never
refused, and one that does not is told why.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from marshmallow import ValidationError, fields

from budgetproto.errors import Problem
from budgetproto.i18n.letters import told_missing
from budgetproto.money import Som
from budgetproto.money.som import LARGEST_TYIYN
from budgetproto.web.forms import YEARS

_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Money on the wire: som with two decimals.
MONEY_PATTERN: Final = r"^-?[0-9]{1,20}\.[0-9]{2}$"
SHARE_PATTERN: Final = r"^-?[0-9]+/[0-9]+$"
ID_PATTERN: Final = r"^[a-z2-7]{26}$"
#: No control character: line breaks only where a text may be long.
_LINE: Final = r"^[^\u0000-\u001f\u007f-\u009f]*$"
_PASSAGE: Final = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$"


def fault(key: str, **details: object) -> ValidationError:
    """Return a refusal that carries a whole problem."""
    return ValidationError([Problem(key, details)])


class Text(fields.String):
    """A text of `least` to `most` letters, of one line unless it is `long`; `paper`: that can be printed."""

    def __init__(
        self, most: int = 300, *, least: int = 0, long: bool = False, paper: bool = False, **options: Any
    ) -> None:
        self.most, self.least, self.paper = most, least, paper
        self.pattern = _PASSAGE if long else _LINE
        super().__init__(
            **_described(options, "api.fault.text", minLength=least, maxLength=most, pattern=self.pattern)
        )

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **more)
        if not self.least <= len(text) <= self.most:
            raise fault("api.fault.length", least=self.least, most=self.most, typed=len(text))
        if not re.fullmatch(self.pattern, text) or not _writable(text):
            raise fault("api.fault.control")
        if self.paper and (letters := told_missing(text)):
            raise fault("web.letters_missing", letters=letters)
        return text


class Code(fields.String):
    """One of the `known` codes."""

    def __init__(self, known: Iterable[str], **options: Any) -> None:
        self.known = tuple(known)
        super().__init__(**_described(options, "api.fault.text", enum=list(self.known)))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **more)
        if text not in self.known:
            raise fault("api.fault.choice", known=", ".join(self.known))
        return text


class Matching(fields.String):
    """A text of a certain form, such as a code of a territory."""

    def __init__(self, pattern: str, **options: Any) -> None:
        self.pattern = pattern
        super().__init__(**_described(options, "api.fault.text", pattern=pattern))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **more)
        if not re.fullmatch(self.pattern, text) or text.endswith("\n"):
            raise fault("api.fault.form", pattern=self.pattern)
        return text


class Whole(fields.Integer):
    """A whole number within bounds; `written` in an address as its digits, nothing else."""

    def __init__(self, least: int, most: int, *, written: bool = False, **options: Any) -> None:
        self.least, self.most, self.written = least, most, written
        super().__init__(**_described(options, "api.fault.whole", minimum=least, maximum=most))

    def _validated(self, value: Any) -> int:
        written = self.written and isinstance(value, str) and _WHOLE.fullmatch(value)
        if not written and type(value) is not int:
            raise self.make_error("invalid")
        number = int(value)
        if not self.least <= number <= self.most:
            raise fault("api.fault.range", least=self.least, most=self.most)
        return number


class YesNo(fields.Boolean):
    """True or false; `written` in an address as these words."""

    def __init__(self, *, written: bool = False, **options: Any) -> None:
        self.written = written
        super().__init__(**_described(options, "api.fault.yes_no"))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> bool:
        del attr, data, more
        if isinstance(value, bool):
            return value
        if self.written and value in ("true", "false"):
            return bool(value == "true")
        raise self.make_error("invalid")


class Money(fields.String):
    """An amount: som with two decimals as text, such as "1234.50"; never a number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **_described(options, "api.fault.money", pattern=MONEY_PATTERN, examples=["600000000.00"])
        )

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> Som:  # type: ignore[override]
        del attr, data, more
        return money(value)


class Day(fields.String):
    """A day, such as 2026-11-30; a `sensible` one is of a year that a sitting can be about."""

    def __init__(self, *, sensible: bool = False, **options: Any) -> None:
        self.sensible = sensible
        super().__init__(**_described(options, "api.fault.day", format="date"))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> date:  # type: ignore[override]
        del attr, data, more
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise self.make_error("invalid")
        try:
            day = date.fromisoformat(value)
        except ValueError as wrong:
            raise self.make_error("invalid") from wrong
        if self.sensible and day.year not in YEARS:
            raise fault("web.year_out_of_range", first=str(YEARS[0]), last=str(YEARS[-1]))
        return day


class Moment(fields.String):
    """A moment in UTC, as answers tell it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**_described(options, "api.fault.text", format="date-time"))


class Share(fields.String):
    """A share as an exact fraction, such as "1/3"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**_described(options, "api.fault.text", pattern=SHARE_PATTERN, examples=["1/3"]))


class Many(fields.List[Any]):
    """A list of at most `most` things of one kind; none where it is left out."""

    def __init__(self, each: fields.Field[Any], most: int, **options: Any) -> None:
        self.most = most
        super().__init__(each, load_default=list, **_described(options, "api.fault.list", maxItems=most))

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any
    ) -> list[Any]:
        if isinstance(value, list) and len(value) > self.most:
            raise fault("api.fault.many", most=self.most, typed=len(value))
        return super()._deserialize(value, attr, data, **more)


def money(value: object) -> Som:
    """Read an amount of the wire, within the bounds of what anybody may state."""
    if (
        not isinstance(value, str)
        or not value.isascii()
        or not re.fullmatch(r"-?[0-9]{1,20}\.[0-9]{2}", value)
    ):
        raise ValidationError("api.fault.money")
    som = Som.from_json(value)
    if abs(som.tyiyn) > LARGEST_TYIYN:
        raise ValidationError("api.fault.money_large")
    return som


def _writable(text: str) -> bool:
    """Tell whether a text can be written as UTF-8: half of a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _described(options: dict[str, Any], invalid: str, /, **said: object) -> dict[str, Any]:
    """Return the options of a field with its sentences, and with what its description says beside them."""
    faults = {"required": "api.fault.required", "null": "api.fault.null"}
    wrong = dict.fromkeys(("invalid", "invalid_utf8", "too_large"), invalid)
    return {**options, "error_messages": faults | wrong, "metadata": {**said, **options.get("metadata", {})}}
