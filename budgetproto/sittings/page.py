"""What the rooms put on the page of a sitting: what is missing, what one may do, tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from flask import Flask, current_app
from sqlmodel import Session

from budgetproto.i18n import Sentence
from budgetproto.sittings.domain import Sitting, Standing

_PARTS: Final = "budgetproto.sitting_parts"


@dataclass(frozen=True)
class Where:
    """The page on which something is done: the name of its view and what its address needs."""

    endpoint: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Check:
    """One thing the sitting needs before its next step, whether it is there, and where it is done.

    Without what is `needed` the next step is not taken; the rest is advised. `where` is None to a reader who
    does not do it himself.
    """

    words: Sentence
    done: bool
    needed: bool = True
    where: Where | None = None


@dataclass(frozen=True)
class Deed:
    """Something this reader may do now: a button that acts at once, or a link to a page that asks more."""

    words: Sentence
    address: str
    acts: bool = False
    fields: Mapping[str, object] = field(default_factory=dict)
    main: bool = False


@dataclass(frozen=True)
class Part:
    """What one room adds to the page of a sitting: `links` lead to pages, `values` are for its `template`."""

    checks: tuple[Check, ...] = ()
    deeds: tuple[Deed, ...] = ()
    links: tuple[Deed, ...] = ()
    template: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)


#: A room is given what the reader is admitted to and judges by it what to show.
Maker = Callable[[Session, Sitting, Standing], Part]


def add_part(app: Flask, maker: Maker) -> None:
    """Let a room add its part to the page of every sitting, after those added before."""
    app.extensions.setdefault(_PARTS, []).append(maker)


def parts(session: Session, sitting: Sitting, place: Standing) -> list[Part]:
    """Return what every room adds to this sitting's page for this reader."""
    return [maker(session, sitting, place) for maker in current_app.extensions[_PARTS]]


def remaining(until: datetime, at: datetime) -> Sentence:
    """Tell in words how much time is left at the instant `at`.

    >>> from datetime import UTC
    >>> noon = datetime(2020, 6, 25, 12, 0, tzinfo=UTC)
    >>> remaining(noon, noon).key
    'sittings.time_over'
    """
    minutes = int((until - at).total_seconds()) // 60
    if until <= at:
        return Sentence("sittings.time_over")
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    return Sentence("sittings.time_left", (("days", days), ("hours", hours), ("minutes", minutes)))
