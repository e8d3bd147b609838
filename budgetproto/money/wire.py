"""The amount on the wire: a JSON text of soms with two decimals, never a JSON number."""

from typing import Any

from marshmallow import ValidationError, fields

from budgetproto.errors import Problem
from budgetproto.money.som import LARGEST_TYIYN, Som, UnreadableNumber


class SomField(fields.Field[Som]):
    """Reads and writes "1234.50"; a number, a third decimal or a group separator is refused.

    The faults of the ValidationError are Problems with a message key.
    """

    def _serialize(self, value: Som | None, *_context: Any, **_options: Any) -> str | None:
        return None if value is None else value.to_json()

    def _deserialize(self, value: Any, attr: str | None, *_context: Any, **_options: Any) -> Som:
        try:
            found = Som.from_json(value)
        except UnreadableNumber as fault:
            raise ValidationError([Problem(fault.key, fault.details, form_field=attr)]) from fault
        if abs(found.tyiyn) > LARGEST_TYIYN:
            details = {"typed": value, "most": Som(LARGEST_TYIYN)}
            raise ValidationError([Problem("money.too_large", details, form_field=attr)])
        return found
