"""What can go wrong with a spreadsheet, and how a fault is told with its place."""

from budgetproto.errors import Problem, Refused
from budgetproto.i18n import Language, text


class TooLarge(Refused):
    """A text or a table is larger than a spreadsheet holds."""

    message_key = "exchange.too_large"


def told(problem: Problem, language: Language) -> str:
    """Tell a fault in one sentence: its file, row and column as far as known, then what is wrong.

    >>> told(Problem("exchange.problem.required", row=3, column="amount"), "en")
    'row 3 · column “amount”: the cell is empty; fill it in.'
    """
    known = {"file": problem.file, "row": problem.row, "column": problem.column}
    parts = [
        text(f"web.where.{part}", language, value=value) for part, value in known.items() if value is not None
    ]
    said = text(problem.key, language, **problem.details)
    return f"{' · '.join(parts)}: {said}" if parts else said
