"""The figures of a protocol as open data: two tables and their Fiscal Data Package descriptor.

The descriptor follows Frictionless Data (Data Package 1, Table Schema 1) and Fiscal Data Package 1
(specs.frictionlessdata.io): `columnType` tells programs that read budgets what a column means.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from budgetproto.exchange.cells import guarded, points
from budgetproto.i18n.languages import LANGUAGES, Named
from budgetproto.money import Som
from budgetproto.protocol.box.manifest import canonical, sha256
from budgetproto.protocol.composed import ComposedLine, Protocol, Stand
from budgetproto.protocol.snapshot import Figure, Line

DESCRIPTOR: Final = "datapackage.json"
#: The figures of a line that are money or mean money, as the composed protocol names them.
STANDS: Final = ("government", "lsg", "computed", "proposed", "decided")


@dataclass(frozen=True)
class Field:
    """A column: its name, type in Table Schema, meaning to those who read budgets, and what it holds."""

    name: str
    kind: str
    meaning: str
    holds: str


_WHOLE, _TEXT, _MONEY, _YES = "integer", "string", "number", "boolean"
_LINE: Final = (
    Field("number", _WHOLE, "budget-line-id", "number of the contested line in the protocol"),
    *(
        Field(f"title_{it}", _TEXT, "activity:generic:subproject:label", f"what is contested, in {it}")
        for it in LANGUAGES
    ),
    *(
        Field(f"kind_{it}", _TEXT, "economic-classification:generic:level1:label", f"kind of line, in {it}")
        for it in LANGUAGES
    ),
    *(
        Field(f"territory_{it}", _TEXT, "geo:target:label", f"territory or group, in {it}")
        for it in LANGUAGES
    ),
    Field("year", _WHOLE, "date:fiscal-year", "budget year"),
    Field("measure", _TEXT, "value-kind:code", "amount, percentage, yes_no or text"),
)
LINES: Final = (
    *_LINE,
    *(Field(it, _MONEY, "value", f"{it}, in soms; a percentage as the money it means") for it in STANDS),
    Field("difference", _MONEY, "value", "LSG minus Government, in soms"),
    Field("standing", _TEXT, "", "agreed, partly_agreed, not_agreed, referred, undecided, not_in_dispute"),
    Field("illustrative", _YES, "", "whether a figure of the line is made up"),
)
POSITIONS: Final = (
    Field("number", _WHOLE, "budget-line-id", "number of the contested line in the protocol"),
    Field("year", _WHOLE, "date:fiscal-year", "budget year"),
    Field("side", _TEXT, "phase:id", "government or lsg"),
    Field("party", _TEXT, "administrative-classification:generic:level1:code", "code of the party"),
    *(
        Field(
            f"party_{it}", _TEXT, "administrative-classification:generic:level1:label", f"its name, in {it}"
        )
        for it in LANGUAGES
    ),
    Field("amount", _MONEY, "value", "the figure in soms, where it is one"),
    Field("percent", _MONEY, "", "the figure in percentage points, where it is one"),
    Field("source", _TEXT, "", "where the figure comes from, as the party says"),
    Field("illustrative", _YES, "", "whether it is made up"),
)

Row = dict[str, str]


def data_package(protocol: Protocol) -> dict[str, bytes]:
    """Return the tables with their descriptor, by the names they have in the box."""
    tables = {
        "data/lines.csv": _written(LINES, (_line_row(*pair) for pair in protocol.pairs())),
        "data/positions.csv": _written(POSITIONS, _position_rows(protocol)),
    }
    return {DESCRIPTOR: canonical(_descriptor(protocol, tables)), **tables}


def _descriptor(protocol: Protocol, tables: Mapping[str, bytes]) -> dict[str, Any]:
    facts = protocol.facts
    held = {"data/lines.csv": (LINES, ["number"]), "data/positions.csv": (POSITIONS, ["number", "party"])}
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", f"protocol-{facts.number or facts.sitting.code}".lower()),
        "title": facts.sitting.title.text("en"),
        "countryCode": "KG",
        "fiscalPeriod": {
            "start": f"{facts.sitting.budget_year}-01-01",
            "end": f"{facts.sitting.budget_year}-12-31",
        },
        "granularity": "aggregated",
        "resources": [_resource(name, *held[name], content=content) for name, content in tables.items()],
    }


def _resource(name: str, fields: Iterable[Field], key: list[str], *, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name.removeprefix("data/").removesuffix(".csv"),
        "path": name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content)}",
        "schema": {"fields": [_described(each) for each in fields], "primaryKey": key, "missingValues": [""]},
    }


def _described(field: Field) -> dict[str, str]:
    known = {"name": field.name, "type": field.kind, "description": field.holds}
    if field.meaning == "value":
        known["currency"] = "KGS"
    return known | ({"columnType": field.meaning} if field.meaning else {})


def _written(fields: Iterable[Field], rows: Iterable[Row]) -> bytes:
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, [each.name for each in fields], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue().encode()


def _line_row(line: Line, made: ComposedLine) -> Row:
    stands: Mapping[str, Stand] = {name: getattr(made, name) for name in STANDS}
    difference = made.difference.money if made.difference else None
    return {
        "number": str(line.number),
        **_in_languages("title", line.title),
        **_in_languages("kind", line.kind),
        **_in_languages("territory", line.territory),
        "year": str(line.year),
        "measure": line.measure,
        **{name: _soms(stand.money) for name, stand in stands.items()},
        "difference": _soms(difference),
        "standing": made.standing,
        "illustrative": _yes(any(stand.illustrative for stand in stands.values())),
    }


def _position_rows(protocol: Protocol) -> Iterator[Row]:
    parties = {party.code: party for party in protocol.facts.parties}
    for line in protocol.facts.lines:
        for position in line.positions:
            party = parties[position.party]
            yield {
                "number": str(line.number),
                "year": str(line.year),
                "side": party.side,
                "party": party.code,
                **_in_languages("party", party.name),
                **_stated(position.figure),
                "source": guarded(position.source.text("ky")),
                "illustrative": _yes(position.illustrative),
            }


def _stated(figure: Figure) -> Row:
    amount = figure if isinstance(figure, Som) else None
    return {"amount": _soms(amount), "percent": points(figure) if type(figure) is int else ""}


def _in_languages(name: str, named: Named) -> Row:
    return {f"{name}_{language}": guarded(named.text(language)) for language in LANGUAGES}


def _soms(money: Som | None) -> str:
    return "" if money is None else money.to_json()


def _yes(value: bool) -> str:
    return "true" if value else "false"
