"""Forms with as many rows as are needed: a button adds one more, without script."""

from typing import Final

from flask import request

from budgetproto.web import whole

#: The most rows a form takes.
_MOST: Final = 50


def row_count(beginning: int) -> int:
    """Return how many rows the form has: what was sent says so, one more when asked for."""
    rows = whole(request.form.get("rows"), beginning)
    return max(1, min(_MOST, rows + wants_row()))


def wants_row() -> bool:
    """Tell whether the reader asked for one more row instead of saving."""
    return request.form.get("act") == "rows"
