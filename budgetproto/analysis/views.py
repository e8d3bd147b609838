"""A person's own named views: nobody else sees them; what an address shows is judged when it is opened."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sqlmodel import Session

from budgetproto.analysis import views_storage as storage
from budgetproto.analysis.views_storage import SavedViewRow
from budgetproto.database import Database, new_id, now
from budgetproto.errors import BadInput, Problem, Refused

#: The pages that have views.
PAGES: Final = ("/analysis", "/analysis/pivot", "/analysis/charts", "/analysis/compare")
LONGEST_NAME: Final = 100
_LONGEST: Final = 2_000
_MOST: Final = 50


class TooManyViews(Refused):
    """A person keeps so many views that another would not be found among them."""

    message_key = "analysis.views_full"


@dataclass(frozen=True)
class SavedView:
    """A name and the address it stands for."""

    id: str
    name: str
    address: str


def views_of(session: Session, person_id: str) -> list[SavedView]:
    """Return a person's own views."""
    return [SavedView(row.id, row.name, row.address) for row in storage.views(session, person_id)]


def save_view(database: Database, person_id: str, *, name: str, address: str) -> None:
    """Keep an address under a name; a view that has this name already gets the new address.

    Raises BadInput for an address that is none of these pages, TooManyViews beyond what can be kept.
    """
    if not is_view(address):
        raise BadInput(Problem("analysis.no_view", form_field="view"))
    with database.writing() as session:
        kept = storage.views(session, person_id)
        row = next((each for each in kept if each.name == name), None)
        if row is None and len(kept) >= _MOST:
            raise TooManyViews(most=_MOST)
        row = row or SavedViewRow(id=new_id(), person=person_id, name=name, address="", at=now(session))
        row.address = address
        session.add(row)


def remove_view(database: Database, person_id: str, view_id: str) -> None:
    """Remove one of a person's own views."""
    with database.writing() as session:
        storage.remove(session, person_id, view_id)


def is_view(address: str) -> bool:
    """Tell whether an address is that of a page with a view, in this service and nowhere else.

    >>> is_view("/analysis/pivot?rows=kind"), is_view("//example.org/analysis"), is_view("/lines")
    (True, False, False)
    """
    parts = urlsplit(address)
    return (parts.scheme, parts.netloc) == ("", "") and parts.path in PAGES and len(address) <= _LONGEST
