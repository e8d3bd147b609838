"""Above sixty lines the table is in parts by kind and region, each with sums that add up to the totals."""

from dataclasses import replace
from functools import cache
from typing import Final

import pytest

from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.money import Som
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.grouping import UNGROUPED, grouped
from budgetproto.protocol.snapshot import Line
from tests.protocol.long_samples import long_sitting
from tests.protocol.reading import plain_text
from tests.protocol.samples import make_snapshot

KINDS: Final = tuple(Named(*[name] * 3) for name in ("Kind one", "Kind two"))
REGIONS: Final = tuple(Named(*[name] * 3) for name in ("Ош", "Нарын", "Талас"))


@cache
def many(lines: int = UNGROUPED + 1) -> Protocol:
    snapshot = long_sitting(lines, sentences=0)
    placed = tuple(_placed(place, line) for place, line in enumerate(snapshot.lines))
    return compose(replace(snapshot, lines=placed))


def _placed(place: int, line: Line) -> Line:
    return replace(line, kind=KINDS[place % 2], region=REGIONS[place % 3] if place % 2 else REGIONS[0])


@cache
def found(language: Language) -> str:
    return plain_text(draw(many(), language))


def test_every_line_stands_in_one_part_and_the_parts_add_up() -> None:
    protocol = many()
    kinds = grouped(tuple(protocol.pairs()))
    assert [kind.name for kind in kinds] == list(KINDS)
    assert sorted(made.number for kind in kinds for _, made in kind.lines) == list(range(1, UNGROUPED + 2))
    assert Som.total(kind.sums.signed for kind in kinds) == protocol.overall.signed
    for kind in kinds:
        for sums in ("government", "lsg", "computed", "decided"):
            parts = [getattr(part.sums.compared, sums) for part in kind.regions or (kind,)]
            assert Som.total(parts) == getattr(kind.sums.compared, sums)
    assert [len(kind.regions) for kind in kinds] == [0, 3]


def test_a_line_without_a_region_stands_under_its_territory() -> None:
    line = replace(many().facts.lines[0], region=Named())
    (kind,) = grouped(((line, many().lines[0]), (many().facts.lines[2], many().lines[2])))
    assert [part.name for part in kind.regions] == [line.territory, REGIONS[0]]


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_has_its_heading_and_its_sums(language: Language) -> None:
    printed = found(language)
    writer = Writer(language, many().facts.sitting.unit)
    for kind in grouped(tuple(many().pairs())):
        for part in (kind, *kind.regions):
            assert f"{writer.label('totals.part', writer.name(part.name))} " in printed
            assert writer.more(part.sums.signed).replace("\u00a0", " ") in printed
    assert f"{KINDS[1].ky} — {REGIONS[2].ky}" in printed
    assert text("protocol.totals.parts", language) in printed


@pytest.mark.poppler
def test_a_line_tells_its_budget_code_and_the_law_of_its_limits() -> None:
    line = replace(
        many().facts.lines[0], budget_code="2631-11", protected=True, limit_basis="№ 59, 54-берене"
    )
    printed = plain_text(draw(compose(make_snapshot(line)), "ky"))
    assert text("protocol.line.budget_code", "ky", code="2631-11") in printed
    assert f"{text('protocol.legal_basis', 'ky')}: № 59, 54-берене" in printed


@pytest.mark.poppler
def test_up_to_sixty_lines_stand_in_their_own_order() -> None:
    printed = plain_text(draw(many(UNGROUPED), "ky"))
    assert text("protocol.totals.parts", "ky") not in printed
    assert f"{KINDS[1].ky} — " not in printed
