"""Figures of territories for the models as a table: its columns, reading it with every fault at its place."""

import hashlib
from collections.abc import Collection, Sequence

from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.errors import BadInput, NotPermitted, Problem
from budgetproto.exchange import Cell, Column, Kind, Sheet, read_numbered
from budgetproto.exchange.reading import Row
from budgetproto.i18n import every_language
from budgetproto.journal import SYSTEM, append
from budgetproto.money import Som, Unit
from budgetproto.transfers.modelling import storage
from budgetproto.transfers.modelling.events import InputsEntered
from budgetproto.transfers.models import Input
from budgetproto.transfers.service import may_edit_kinds
from budgetproto.web.forms import YEARS


def columns() -> tuple[Column, ...]:
    """Return the columns of a table of figures; amounts are in soms."""
    return (
        _column("code", required=True),
        _column("year", "year", required=True),
        _column("kind", required=True),
        _column("item"),
        _column("amount", "amount"),
        _column("quantity", "integer"),
        _column("source", required=True),
        _column("illustrative", "integer"),
    )


def input_sheet(inputs: Sequence[Input]) -> Sheet:
    """Return figures as the table they can be read from again; without any it is the one to fill in."""
    return Sheet(every_language("transfers.models.data"), columns(), [_cells(each) for each in inputs])


def enter_inputs(database: Database, *, keeper: Person, content: bytes, file: str | None = None) -> int:
    """Enter the figures of a table, all or none; the keepers of the catalogue may. Return how many.

    A figure that is there takes the new value; a real one and a made-up one of the same thing stand side by
    side. Raise BadInput with every fault of the table.
    """
    if not may_edit_kinds(keeper):
        raise NotPermitted(denied="transfers.enter_inputs")
    with database.writing() as session:
        inputs = read_inputs(session, content, file=file)
        storage.put_inputs(session, inputs)
        digest = hashlib.sha256(content).hexdigest()
        append(session, SYSTEM, InputsEntered(keeper.id, digest, len(inputs)))
    return len(inputs)


def read_inputs(session: Session, content: bytes, *, file: str | None = None) -> list[Input]:
    """Read a table of figures; raise BadInput with every fault, each with its row."""
    rows, faults = read_numbered(content, columns(), unit=Unit.SOM, file=file)
    problems = list(faults)
    known = storage.territory_codes(session)
    found: dict[tuple[object, ...], Input] = {}
    for number, row in rows if not problems else ():
        try:
            each = _input(row, known)
        except BadInput as fault:
            problems += [Problem(one.key, one.details, file, number, one.column) for one in fault.problems]
            continue
        key = (each.soate, each.year, each.kind, each.item, each.illustrative)
        if key in found:
            problems.append(Problem("transfers.models.data.twice", {}, file, number))
        found[key] = each
    if problems:
        raise BadInput(*problems)
    return list(found.values())


def _input(row: Row, known: Collection[str]) -> Input:
    code, year, made_up = str(row["code"]), row["year"], row.get("illustrative") or 0
    if code not in known:
        raise BadInput(Problem("transfers.unknown_code", {"code": code}, column="code"))
    if not isinstance(year, int) or year not in YEARS:
        details = {"first": str(YEARS[0]), "last": str(YEARS[-1])}
        raise BadInput(Problem("web.year_out_of_range", details, column="year"))
    if made_up not in {0, 1}:
        raise BadInput(Problem("transfers.models.data.not_yes_or_no", column="illustrative"))
    amount, quantity = row.get("amount"), row.get("quantity")
    return Input(
        soate=code,
        year=year,
        kind=str(row["kind"]),  # type: ignore[arg-type]
        item=str(row.get("item") or ""),
        source=str(row["source"]),
        amount=amount.tyiyn if isinstance(amount, Som) else None,
        quantity=quantity if isinstance(quantity, int) else None,
        illustrative=made_up == 1,
    )


def _cells(each: Input) -> tuple[Cell, ...]:
    amount = None if each.amount is None else Som(each.amount)
    named = (each.soate, each.year, each.kind, each.item)
    return *named, amount, each.quantity, each.source, int(each.illustrative)


def _column(key: str, kind: Kind = "text", *, required: bool = False) -> Column:
    return Column(key, every_language(f"transfers.models.column.{key}"), kind, required)
