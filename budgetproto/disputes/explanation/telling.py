"""PURE: the explanation of a stored option as sections, the short ones first."""

from collections.abc import Mapping
from typing import Any

from budgetproto.disputes.explanation.change import change
from budgetproto.disputes.explanation.meaning import meaning
from budgetproto.disputes.explanation.sections import Section
from budgetproto.disputes.explanation.stored import read_explained


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
