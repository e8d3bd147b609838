"""Accounts: people, parties, roles, passwords and log-ins."""

from budgetproto.accounts.domain import SIDES, Party, Person, Role, Side

__all__ = ["SIDES", "Party", "Person", "Role", "Side"]
