"""Reads the reference data from its files: every fault with file, row and column, or all of it."""

import csv
import dataclasses
import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from marshmallow import Schema, ValidationError

from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import Named
from budgetproto.transfers.constituencies import Constituency
from budgetproto.transfers.domain import Change, Territory, Transfer, TransferKind
from budgetproto.transfers.schemas import ChangeSchema, ConstituencySchema, TerritorySchema, TransferSchema

#: The files the project carries, each with its source in the README beside them.
FIXTURES: Final = Path(__file__).parent.parent.parent / "fixtures"


@dataclass(frozen=True)
class Source:
    """A document that figures and legal bases come from; `date` and `url` are empty when not known."""

    title: Named
    date: str = ""
    url: str = ""


@dataclass(frozen=True)
class Reference:
    """Everything that is loaded together."""

    territories: tuple[Territory, ...]
    changes: tuple[Change, ...]
    kinds: tuple[TransferKind, ...]
    transfers: tuple[Transfer, ...]
    constituencies: tuple[Constituency, ...] = ()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all rows: the same rows, the same hash, whatever file they came from."""
        rows = json.dumps(dataclasses.asdict(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(rows.encode()).hexdigest()


def read_reference(folder: Path = FIXTURES) -> Reference:
    """Read territories, changes, kinds, transfers, constituencies; raise BadInput with every fault found."""
    problems: list[Problem] = []
    governing = {row["soate"] for _, row in _rows(folder / "local_self_governments.csv")}
    territories = tuple(
        dataclasses.replace(territory, self_governing=territory.soate in governing)
        for territory in _read(folder / "territories.csv", TerritorySchema(), problems)
    )
    reference = Reference(
        territories=territories,
        changes=tuple(_read(folder / "territory_changes.csv", ChangeSchema(), problems)),
        kinds=_kinds(folder / "transfer_kinds.toml"),
        transfers=tuple(_read(folder / "transfers_minfin.csv", TransferSchema(), problems)),
        constituencies=tuple(_read(folder / "constituencies.csv", ConstituencySchema(), problems)),
    )
    problems += _dangling(reference)
    if problems:
        raise BadInput(*problems)
    return reference


def read_sources(folder: Path = FIXTURES) -> dict[str, Source]:
    """Return title, date and address of each source by its key."""
    with (folder / "sources.toml").open("rb") as file:
        entries = tomllib.load(file).items()
    return {
        key: Source(Named(**entry["title"]), entry.get("date", ""), entry.get("url", ""))
        for key, entry in entries
    }


def _read(path: Path, schema: Schema, problems: list[Problem]) -> Iterator[Any]:
    for number, row in _rows(path):
        try:
            yield schema.load(row)
        except ValidationError as fault:
            faulty = fault.messages_dict
            problems += [Problem("transfers.bad_row", {}, path.name, number, column) for column in faulty]


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def _kinds(path: Path) -> tuple[TransferKind, ...]:
    with path.open("rb") as file:
        return tuple(kind_of(entry) for entry in tomllib.load(file)["kinds"])


def kind_of(entry: dict[str, Any]) -> TransferKind:
    """Return a kind as an entry of a file has it."""
    return TransferKind(
        code=entry["code"],
        name=Named(**entry["name"]),
        basis=Named(**entry.get("basis", {})),
        unknown=Named(**entry.get("unknown", {})),
        status=entry["status"],
        sources=tuple(entry["sources"]),
        number=entry.get("number", ""),
        part_of=entry.get("part_of"),
    )


def _dangling(reference: Reference) -> list[Problem]:
    """Find codes that lead nowhere and transfers that stand twice."""
    codes = {territory.soate for territory in reference.territories}
    kinds = {kind.code for kind in reference.kinds}
    named = [
        *(("territories.csv", territory.parent) for territory in reference.territories),
        *(("territory_changes.csv", change.soate) for change in reference.changes),
        *(("territory_changes.csv", change.successor) for change in reference.changes),
        *(("transfers_minfin.csv", transfer.territory) for transfer in reference.transfers),
        *(("constituencies.csv", entry.soate) for entry in reference.constituencies),
    ]
    named += [("transfers_minfin.csv", transfer.kind) for transfer in reference.transfers]
    known = {*codes, *kinds, None}
    seen = Counter(transfer.key for transfer in reference.transfers)
    twice = [transfer.words for transfer in reference.transfers if seen[transfer.key] > 1]
    return [
        *(
            Problem("transfers.unknown_code", {"code": code}, file)
            for file, code in named
            if code not in known
        ),
        *(Problem("transfers.twice", {"words": words}, "transfers_minfin.csv") for words in twice),
    ]
