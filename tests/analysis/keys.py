"""The columns of the demonstration's table in a file, with what the parties answer behind the option."""

from typing import Final

from budgetproto.analysis import COLUMNS

_ANSWERS: Final = (
    "answered",
    "answer_ministry_of_finance",
    "answer_lsg_union",
    "answer_cities_association",
)
KEYS: Final = [
    key for column in COLUMNS for key in (column.key, *(_ANSWERS if column.key == "reason" else ()))
]
