"""Forms with as many rows as are needed: buttons add one and take one out, without script."""

from typing import Any, Final

from flask import request
from werkzeug.datastructures import MultiDict

from budgetproto.web import whole

#: The most rows a form takes.
_MOST: Final = 50
#: The button that takes a row out is sent as this and the number of the row.
_DROP: Final = "drop-"


def row_count(beginning: int) -> int:
    """Return how many rows the form has: what was sent says so, one more or less when asked for."""
    rows = whole(request.form.get("rows"), beginning)
    return max(1, min(_MOST, rows + wants_row() - bool(dropped_row())))


def wants_row() -> bool:
    """Tell whether the reader asked for one more row instead of saving."""
    return request.form.get("act") == "rows"


def dropped_row() -> int:
    """Return the number of the row the reader asked to take out instead of saving, 0 for none."""
    act = request.form.get("act", "")
    return whole(act.removeprefix(_DROP)) if act.startswith(_DROP) else 0


def sent_rows() -> dict[str, Any]:
    """Return what a form is to be made of when a row was taken out: the later ones have moved up."""
    dropped = dropped_row()
    if not dropped:
        return {}
    kept: MultiDict[str, str] = MultiDict()
    for name, value in request.form.items(multi=True):
        stem, _, written = name.rpartition("_")
        number = whole(written)
        if number != dropped:
            kept.add(f"{stem}_{number - 1}" if number > dropped else name, value)
    return {"formdata": kept}
