"""Sittings of fixtures taken the whole way from two sides to the special protocol; the first is of 2020."""

from budgetproto.demonstration.fixture import Fixture, read_fixture
from budgetproto.demonstration.library import keys, sitting_of
from budgetproto.demonstration.staging import Account, Demonstration, stage, stage_sitting

__all__ = [
    "Account",
    "Demonstration",
    "Fixture",
    "keys",
    "read_fixture",
    "sitting_of",
    "stage",
    "stage_sitting",
]
