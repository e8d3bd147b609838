"""Forms with as many rows as are needed: buttons add one and take one out, without script."""

from dataclasses import dataclass
from typing import Any, Final

from flask import request
from werkzeug.datastructures import MultiDict

from budgetproto.web import whole

#: The most rows a form takes.
_MOST: Final = 50
#: How the fields of limits of groups begin, which stand in a form beside other rows.
GROUP: Final = "group_"


@dataclass(frozen=True)
class Rows:
    """The rows of one kind in a form.

    `name` is the field that counts them and the button that adds one; the button that takes one out is sent
    as `drop` and its number. The names of their fields end with it.
    """

    name: str = "rows"
    drop: str = "drop-"
    groups: bool = False
    least: int = 1

    def count(self, beginning: int) -> int:
        """Return how many rows there are: what was sent says so, one more or less when asked for."""
        rows = whole(request.form.get(self.name), beginning)
        return max(self.least, min(_MOST, rows + self.wanted() - bool(self.dropped())))

    def wanted(self) -> bool:
        """Tell whether the reader asked for one more row instead of saving."""
        return request.form.get("act") == self.name

    def dropped(self) -> int:
        """Return the number of the row the reader asked to take out instead of saving, 0 for none."""
        act = request.form.get("act", "")
        return whole(act.removeprefix(self.drop)) if act.startswith(self.drop) else 0

    def kept(self) -> dict[str, Any]:
        """Return what a form is to be made of when a row was taken out: the later ones have moved up."""
        dropped = self.dropped()
        if not dropped:
            return {}
        kept: MultiDict[str, str] = MultiDict()
        for name, value in request.form.items(multi=True):
            stem, _, written = name.rpartition("_")
            number = whole(written) if name.startswith(GROUP) == self.groups else 0
            if not number or number != dropped:
                kept.add(f"{stem}_{number - 1}" if number > dropped else name, value)
        return {"formdata": kept}


#: Entries of a line's history, sources of money; and the limits of groups.
ROWS: Final = Rows()
GROUPS: Final = Rows("group_rows", f"drop-{GROUP}", groups=True, least=0)
