"""The journal: append-only chains of events, their heads and their verification; knows no other concern."""

from budgetproto.journal.events import Event, sentence
from budgetproto.journal.storage import (
    ACCESS,
    SYSTEM,
    act_chain,
    append,
    expertise_chain,
    inner_chain,
    party_chain,
    report_chain,
    sitting_chain,
)

__all__ = [
    "ACCESS",
    "SYSTEM",
    "Event",
    "act_chain",
    "append",
    "expertise_chain",
    "inner_chain",
    "party_chain",
    "report_chain",
    "sentence",
    "sitting_chain",
]
