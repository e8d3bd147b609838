"""What the page of a position answers a script: the same acts and refusals, as data."""

from datetime import datetime

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue

from budgetproto.errors import BadInput, Problem
from budgetproto.i18n.formatting import BISHKEK
from budgetproto.web import Form


def asked_by_script() -> bool:
    """Tell whether a script has sent the form and waits for data."""
    wanted = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return request.method == "POST" and wanted == "application/json"


def gone_to(address: str) -> ResponseReturnValue:
    """Send the reader to the next page; a script is told its address."""
    return jsonify(address=address) if asked_by_script() else redirect(address, 303)


def drafted(number: int, at: datetime) -> ResponseReturnValue:
    """Tell a script the number of the draft it has saved, and when by Bishkek's clock."""
    return jsonify(draft=number, at=f"{at.astimezone(BISHKEK):%H:%M}")


def faults(form: Form) -> BadInput:
    """Return what is wrong with the form as one refusal."""
    fields = [(field.name, fault) for field in form for fault in field.errors]
    every = [(None, fault) for fault in form.form_errors] + fields
    return BadInput(*(_problem(name, fault) for name, fault in every))


def _problem(name: str | None, fault: str | Problem) -> Problem:
    if isinstance(fault, Problem):
        return Problem(fault.key, fault.details, form_field=name)
    return Problem(fault, form_field=name)
