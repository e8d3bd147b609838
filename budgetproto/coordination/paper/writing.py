"""Facts of a draft as a line of the sheet: a label, and what stands beside it in one language."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from budgetproto.coordination.procedure_values import Rule
from budgetproto.coordination.telling import WAS, Fact
from budgetproto.i18n import text, told
from budgetproto.i18n.languages import Named
from budgetproto.protocol.drawing.house_style import CELL
from budgetproto.protocol.drawing.paper import Pages
from budgetproto.protocol.typesetting.lines import Part
from budgetproto.protocol.typesetting.style import TextStyle
from budgetproto.protocol.typesetting.tables import Cell

#: What stood before, in a cell under what stands instead.
_UNDER: Final = replace(CELL, indent=8)
#: A paragraph of a cell.
Paragraph = tuple[list[Part], TextStyle]


def labelled(label: str, said: str) -> list[Part]:
    """Return a label in bold and what is said after it; a label that ends in a question needs no colon."""
    lead = label[:1].upper() + label[1:]
    return [("bold", lead if lead.endswith("?") else f"{lead}:"), ("text", said)]


def telling(pages: Pages, fact: Fact) -> str:
    """Return what stands beside the label of a fact; nothing where nothing was said."""
    if fact.text.strip():
        return fact.text
    if fact.name:
        return pages.writer.name(fact.name)
    if fact.said:
        return told(fact.said, pages.writer.language)
    return pages.writer.day(fact.day) if fact.day else ""


def of_facts(pages: Pages, facts: Iterable[Fact]) -> list[Paragraph]:
    """Return a paragraph for each fact; what stood before is set in under what stands."""
    language = pages.writer.language
    return [
        (labelled(text(each.label, language), telling(pages, each)), _UNDER if each.label == WAS else CELL)
        for each in facts
    ]


def basis(pages: Pages, rule: Rule) -> str:
    """Return what a rule rests on: the act, or that none sets it, and where its wording comes from."""
    rests = rule.basis
    if isinstance(rests, Named):
        return pages.writer.name(rests)
    return f"{told(rests, pages.writer.language)}. {pages.writer.name(rule.source)}"


def lines(*said: Paragraph | None) -> Cell:
    """Return a cell of those paragraphs that there are."""
    return Cell(tuple(each for each in said if each is not None), 1)
