"""The demonstration: real positions of 2020 taken the whole way from two sides to the special protocol."""

from budgetproto.demonstration.fixture import Fixture, read_fixture
from budgetproto.demonstration.staging import Account, Demonstration, stage

__all__ = ["Account", "Demonstration", "Fixture", "read_fixture", "stage"]
