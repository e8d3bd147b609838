"""Extracts: one or several lines of an issued protocol, printed for whoever may read the protocol."""

from collections.abc import Collection

from sqlmodel import Session

from budgetproto.database import Database
from budgetproto.errors import Refused
from budgetproto.i18n import Language
from budgetproto.protocol.delivery.extract_drawing import draw_extract
from budgetproto.protocol.delivery.versions import version_paper
from budgetproto.protocol.service import Paper, Print, paper_of
from budgetproto.sittings.numbering import in_address


class NotIssued(Refused):
    """A draft has neither number nor fixed text: nothing can be taken out of it, sent or published."""

    message_key = "delivery.not_issued"


class NoLineChosen(Refused):
    """An extract is of one line at least."""

    message_key = "delivery.extract.no_line"


class UnknownLines(Refused):
    """The protocol has no lines of these numbers."""

    message_key = "delivery.extract.unknown_lines"


def extract(
    database: Database,
    person_id: str,
    sitting_id: str,
    *,
    numbers: Collection[int],
    language: Language,
    which: int | None = None,
) -> Print:
    """Return the extract of these lines in one language; drawn with no transaction open.

    It is taken from the protocol that stands, or from `which` of the sitting's; of one that was replaced it
    says so.
    """
    with database.reading() as session:
        paper, replaced_by = paper_for(session, person_id, sitting_id, which)
    checked = check_lines(paper, numbers)
    number = in_address(paper.issue.number) if paper.issue else ""
    name = f"extract_{number}_{'-'.join(map(str, checked))}_{language}.pdf"
    return Print(_short(name), draw_extract(paper.protocol, checked, language, replaced_by=replaced_by))


def paper_for(
    session: Session, person_id: str, sitting_id: str, which: int | None
) -> tuple[Paper, str | None]:
    """Return what an extract is taken from, and the number of what replaced it."""
    if which is None:
        return paper_of(session, person_id, sitting_id), None
    paper, found = version_paper(session, person_id, sitting_id, which)
    return paper, found.replaced_by


def check_lines(paper: Paper, numbers: Collection[int]) -> list[int]:
    """Return the chosen lines in their order; raise what is wrong with the choice."""
    if paper.issue is None:
        raise NotIssued
    if not numbers:
        raise NoLineChosen
    unknown = set(numbers) - {line.number for line in paper.protocol.lines}
    if unknown:
        raise UnknownLines(lines=", ".join(map(str, sorted(unknown))))
    return sorted(set(numbers))


def _short(name: str) -> str:
    """Return a file name of many lines cut to what every file system takes."""
    stem, _, language = name.rpartition("_")
    return f"{stem[:100].rstrip('-')}_{language}"
