"""What is kept of drafts, steps and procedures reads back as it was, letter by letter."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given

from budgetproto.coordination import document
from budgetproto.coordination import happenings as h
from budgetproto.coordination.domain import Amended, Draft, GroundNote, Level, Related
from budgetproto.i18n import Named
from tests.coordination.going import MANDATORY
from tests.coordination.test_procedure_values import WHOLE
from tests.coordination.test_rules import STEPS

DRAFT = Draft(
    Named("Бюджеттик резолюция", "Бюджетная резолюция"),
    Level.CABINET,
    Named("Министрлер Кабинети"),
    published=date(2026, 4, 22),
    related=(Related(Named("Тартип"), present=True), Related(Named("Тиркеме"))),
    amends=(Amended(date(2011, 7, 15), "№ 101"),),
)


def test_a_draft_and_a_procedure_read_back() -> None:
    assert document.read_draft(document.written(DRAFT)) == DRAFT
    assert document.read_procedure(document.written(WHOLE)) == WHOLE


def test_a_draft_that_was_kept_before_it_named_what_it_changes_reads_too() -> None:
    written = document.written(replace(DRAFT, amends=()))
    assert document.read_draft(written.replace('"amends":[],', "")) == replace(DRAFT, amends=())


@given(STEPS)
def test_every_step_reads_back(step: h.What) -> None:
    written = document.written(step)
    assert document.read_what(document.kind_of(step), written) == step


@pytest.mark.parametrize(
    "step",
    [
        h.Screened(MANDATORY, 3, ("cities", "union")),
        h.Noted(GroundNote(("41702",), "Суу жок", "12 айыл", date(2026, 11, 1), "Лейлек")),
        h.Opined("union", h.Stance.DISAGREES, "Каршыбыз", (("3-берене", "Үлүш сакталсын"),)),
    ],
)
def test_what_is_nested_reads_back(step: h.What) -> None:
    assert document.read_what(document.kind_of(step), document.written(step)) == step


def test_every_step_has_a_name_of_its_own_under_which_it_is_kept() -> None:
    assert set(document.KINDS.values()) == set(get_args(h.What))
