"""The table for programs: amounts as text in som, percentages in hundredths of a point."""

import json
from fractions import Fraction
from typing import Any

from budgetproto.disputes.domain import Figure
from budgetproto.disputes.table.domain import Entry
from budgetproto.disputes.table.service import Table
from budgetproto.i18n import NO_NAME, Named, Words
from budgetproto.money import Som


def written(table: Table, ignored: tuple[str, ...] = ()) -> str:
    """Write the lines of one page with what was chosen."""
    return json.dumps(_document(table) | {"ignored": ignored}, ensure_ascii=False, separators=(",", ":"))


def _document(table: Table) -> dict[str, Any]:
    choice = table.choice
    return {
        "sitting": {"id": table.sitting.id, "number": table.sitting.number, "stage": table.sitting.stage},
        "lines_in_sitting": table.summary.lines,
        "lines_found": table.found,
        "filter": choice.filters,
        "sort": ("-" if choice.descending else "") + choice.sort,
        "page": choice.page,
        "pages": table.pages,
        "size": choice.size,
        "parties": [
            {"id": party.id, "side": party.side, "name": vars(party.name)} for party in table.parties
        ],
        "lines": [_line(entry, table) for entry in table.entries],
    }


def _line(entry: Entry, table: Table) -> dict[str, Any]:
    line, gap = entry.line, entry.difference
    document: dict[str, Any] = {
        "id": line.id,
        "number": line.number,
        "title": vars(line.title),
        "kind": line.kind,
        "territory": line.territory,
        "territory_name": _name(line.place),
        "group": _name(line.group),
        "year": line.year,
        "measure": line.measure,
        "recurring": line.recurring,
        "protected": line.protected,
        "illustrative": line.illustrative,
        "base_government": _figure(line.base_government),
        "base_lsg": _figure(line.base_lsg),
        "status": entry.status,
    }
    if table.opened:
        document |= {
            "open": line.opened_at is not None,
            "government": _figure(entry.government),
            "lsg": _figure(entry.lsg),
            "lsg_divided": entry.lsg_divided,
            "difference": _figure(gap.signed) if gap else None,
            "difference_absolute": _figure(gap.absolute) if gap else None,
            "share": _fraction(gap.share) if gap else None,
        }
    elif table.parties:
        document["filed"] = list(entry.filed) if table.versions else [bool(each) for each in entry.filed]
    return document


def _figure(figure: Figure) -> object:
    match figure:
        case Som():
            return figure.to_json()
        case Words():
            return {"language": figure.language, **vars(figure.text)}
    return figure


def _fraction(share: Fraction | None) -> str | None:
    return None if share is None else f"{share.numerator}/{share.denominator}"


def _name(name: Named) -> dict[str, str] | None:
    return None if name == NO_NAME else vars(name)
