"""What can go wrong with a spreadsheet, and how a fault is told with its place."""

from budgetproto.errors import Problem, Refused
from budgetproto.i18n import Language, text


class NotExact(Refused):
    """An amount has more digits than a spreadsheet's number keeps."""

    message_key = "exchange.not_exact"


class TooLarge(Refused):
    """A text or a table is larger than a spreadsheet holds."""

    message_key = "exchange.too_large"


def told(problem: Problem, language: Language) -> str:
    """Tell a fault in one sentence: its file, row and column as far as known, then what is wrong.

    >>> told(Problem("exchange.problem.required", row=3, column="Amount"), "en")
    'Row 3, column «Amount»: the cell is empty; fill it in.'
    """
    said = text(problem.key, language, **problem.details)
    place = ", ".join(_place(problem, language))
    return f"{place}: {said}" if place else said


def _place(problem: Problem, language: Language) -> list[str]:
    parts = []
    if problem.file is not None:
        parts.append(text("exchange.place.file", language, file=problem.file))
    if problem.row is not None and problem.column is not None:
        parts.append(text("exchange.place.cell", language, row=str(problem.row), column=problem.column))
    elif problem.row is not None:
        parts.append(text("exchange.place.row", language, row=str(problem.row)))
    elif problem.column is not None:
        parts.append(text("exchange.place.column", language, column=problem.column))
    return parts
