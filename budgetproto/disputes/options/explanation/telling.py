"""PURE: the explanation of a stored option as sections, the short ones first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from budgetproto.disputes.options.explanation.change import change
from budgetproto.disputes.options.explanation.meaning import meaning
from budgetproto.disputes.options.explanation.sections import Section
from budgetproto.disputes.options.explanation.stored import read_explained

#: With more lines a protocol names them by their numbers: their titles stand in its main table.
_MOST_TITLES: Final = 100


def sections_on_paper(document: Mapping[str, Any]) -> tuple[Section, ...]:
    """Return every section, lines going by their numbers alone where there are many."""
    found = read_explained(document)
    if found is None:
        return ()
    if len(found.facts) > _MOST_TITLES:
        found = replace(found, titled=False)
    return (*meaning(found), *change(found))


def sections(document: Mapping[str, Any]) -> tuple[Section, ...]:
    """Return every section; none of an option that was published without an explanation."""
    found = read_explained(document)
    return (*meaning(found), *change(found)) if found else ()


def long_sections(document: Mapping[str, Any]) -> tuple[Section, ...]:
    """Return the sections that stand on a page of their own."""
    found = read_explained(document)
    return tuple(change(found)) if found else ()


def short_sections(document: Mapping[str, Any]) -> tuple[Section, ...]:
    """Return the sections that stand beside the option itself."""
    found = read_explained(document)
    return tuple(meaning(found)) if found else ()
