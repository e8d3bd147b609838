"""PURE: what was entered of a line as plain values, for the hashes of lines and of terms."""

from budgetproto.disputes.domain import Base
from budgetproto.disputes.parameters.prices import Prices, to_plain
from budgetproto.disputes.positions import document
from budgetproto.money import Som


def plain(value: object) -> object:
    """Return a part of a line as text, numbers, lists and mappings, always the same for the same part."""
    if isinstance(value, Base):
        return document.base_written(value)
    if isinstance(value, tuple):
        return document.history_written(value)
    if isinstance(value, Som):
        return value.to_json()
    if isinstance(value, Prices):
        return to_plain(value)
    return vars(value) if hasattr(value, "__dict__") and not isinstance(value, str) else value
