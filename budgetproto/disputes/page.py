"""What higher rooms put on the card of a line: the decision, its follow-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import Flask, current_app
from sqlmodel import Session

from budgetproto.disputes.domain import Line
from budgetproto.sittings.domain import Sitting, Standing
from budgetproto.sittings.page import Deed

_PARTS: Final = "budgetproto.line_parts"


@dataclass(frozen=True)
class LinePart:
    """What one room adds to the card of a line; `values` are for its `template`."""

    deeds: tuple[Deed, ...] = ()
    template: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)


Maker = Callable[[Session, Sitting, Standing, Line], LinePart]


def add_line_part(app: Flask, maker: Maker) -> None:
    """Let a room add its part to the card of every line."""
    app.extensions.setdefault(_PARTS, []).append(maker)


def line_parts(session: Session, sitting: Sitting, place: Standing, line: Line) -> list[LinePart]:
    """Return what every room adds to this line's card for this reader."""
    return [maker(session, sitting, place, line) for maker in current_app.extensions.get(_PARTS, ())]
