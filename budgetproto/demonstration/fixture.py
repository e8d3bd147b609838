"""Reads a sitting kept as a file of fixtures into the values the services take."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from budgetproto.disputes.domain import (
    Base,
    Figure,
    Instrument,
    LineText,
    Measure,
    Position,
    Vulnerable,
)
from budgetproto.disputes.lines.history import HistoryEntry, HistoryKind, by_date
from budgetproto.disputes.responses.domain import Kind, Response
from budgetproto.i18n import NO_NAME, Named, Words
from budgetproto.money import Som, parse_percentage
from budgetproto.transfers.domain import TransferKind
from budgetproto.transfers.reference import kind_of

FIXTURES: Final = Path(__file__).parent.parent.parent / "fixtures"
SITTINGS: Final = FIXTURES / "sittings"
DEMONSTRATION: Final = SITTINGS / "2020_amended_budget.toml"

_INSTRUMENTS: Final = {"grant": Instrument.GRANT, "budget_loan": Instrument.LOAN}


@dataclass(frozen=True)
class Fixture:
    """One sitting as the file has it, and the sources its figures name."""

    values: dict[str, Any]
    sources: dict[str, dict[str, Any]]

    def people(self) -> list[dict[str, Any]]:
        """Return everybody named in the file."""
        return list(self.values["people"])

    @property
    def key(self) -> str:
        """The key of the sitting."""
        return str(self.values["sitting"]["key"])

    def kinds(self) -> tuple[TransferKind, ...]:
        """Return the kinds of transfers that this sitting alone knows."""
        return tuple(kind_of(entry) for entry in self.values.get("kinds", []))

    def lines(self) -> list[dict[str, Any]]:
        """Return the contested lines in the order of the file."""
        return list(self.values["lines"])

    def body(self, key: str) -> Named:
        """Return the name of a body."""
        return next(named(body["name"]) for body in self.values["bodies"] if body["key"] == key)

    def cited(self, key: str | None) -> str:
        """Return a source as it is printed: title in the state language, date, address."""
        source = self.sources.get(key or "", {})
        parts = (source.get("title", {}).get("ky"), source.get("date"), source.get("url"))
        return ", ".join(part for part in parts if part)

    def line_text(self, line: dict[str, Any], kinds: dict[str, Named], parties: dict[str, str]) -> LineText:
        """Return what the secretary would enter of a line; `parties` gives the ids of parties by key."""
        measure = Measure(line["measure"])
        bases = {base["side"]: self._base(base, measure) for base in line.get("bases", [])}
        return LineText(
            title=named(line["title"]),
            kind=line["kind"],
            territory=line.get("territory") or None,
            group=named(line.get("group", {})),
            year=line["year"],
            measure=measure,
            recurring=line["recurring"],
            legal_basis=kinds.get(line["kind"], NO_NAME),
            budget_code="",
            history=by_date(self._step(step, measure, parties) for step in line.get("history", [])),
            base_government=bases.get("government", Base()),
            base_lsg=bases.get("lsg", Base()),
            money_base=Som.from_json(line["money_base"]) if "money_base" in line else None,
            cost_sign=1 if line["cost_sign"] > 0 else -1,
            step=parse_percentage(line["step"]) if "step" in line else None,
            floor=number(line.get("floor"), measure),
            cap=number(line.get("cap"), measure),
            protected=line["protected"],
            limit_basis="",
            lead_government=parties[line["lead"]["government"]],
            lead_lsg=parties[line["lead"]["lsg"]],
            illustrative=line["illustrative"],
            note=named(line.get("note", {})),
            approved_last_year=self._known(line.get("approved_last_year"), measure),
            executed=self._known(line.get("executed"), measure),
            documented_need=self._known(line.get("documented_need"), measure),
        )

    def position(self, stated: dict[str, Any], line: dict[str, Any]) -> Position:
        """Return one party's position on a line; what the file leaves out is not stated."""
        speaker = stated.get("speaker", {})
        return Position(
            figure=figure(stated.get("figure"), Measure(line["measure"])),
            rationale=confirmed(stated["rationale"]) if "rationale" in stated else None,
            instrument=_INSTRUMENTS.get(stated.get("instrument", "")),
            recurring=line["recurring"],
            vulnerable=Vulnerable.NOT_STUDIED,
            speaker=speaker.get("name") or speaker.get("role", {}).get("ky", ""),
            source=self.cited(stated.get("source")),
            source_date=stated.get("source_date"),
            illustrative=stated["illustrative"],
        )

    def response(self, said: dict[str, Any], line: dict[str, Any]) -> Response:
        """Return one party's answer to the option on a line."""
        return Response(
            kind=Kind(said["kind"]),
            reason=confirmed(said["reason"]) if "reason" in said else None,
            figure=figure(said.get("figure"), Measure(line["measure"])),
            lines=tuple(said.get("lines", [])),
        )

    def _base(self, base: dict[str, Any], measure: Measure) -> Base:
        source, as_of = self.cited(base.get("source")), base.get("as_of")
        return Base(number(base["figure"], measure), source, base.get("illustrative", False), as_of)

    def _known(self, known: dict[str, Any] | None, measure: Measure) -> Base:
        return self._base(known, measure) if known else Base()

    def _step(self, step: dict[str, Any], measure: Measure, parties: dict[str, str]) -> HistoryEntry:
        return HistoryEntry(
            kind=HistoryKind(step["kind"]),
            on=step.get("date"),
            text=named(step["text"]),
            side=step.get("side"),
            party=parties.get(step.get("party", "")),
            figure=number(step.get("figure"), measure),
            source=self.cited(step.get("source")),
        )


def read_fixture(file: Path = DEMONSTRATION) -> Fixture:
    """Read a sitting and the sources beside it."""
    return fixture_of(_read(file))


def fixture_of(values: dict[str, Any]) -> Fixture:
    """Return the sitting that these values describe, with the committee of the file that `cast` names."""
    sources = _read(FIXTURES / "sources.toml")
    if "cast" not in values:
        return Fixture(values, sources)
    cast = _read(SITTINGS / values["cast"])
    committee = [person for person in cast["people"] if person["group"] in {"member", "staff"}]
    filled = {"settings": cast["settings"]} | values
    filled["people"] = [*committee, *values["people"]]
    filled["bodies"] = [*cast["bodies"], *values["bodies"]]
    return Fixture(filled, sources)


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def named(values: dict[str, str]) -> Named:
    """Return a name of the file in its languages."""
    return Named(values.get("ky", ""), values.get("ru", ""), values.get("en", ""))


def confirmed(values: dict[str, str]) -> Words:
    """Return a text whose translations are the author's own."""
    return Words(named(values), "ky", ("en", "ky", "ru"))


def figure(written: str | None, measure: Measure) -> Figure:
    """Return a figure of the file; a missing one is no figure."""
    return number(written, measure)


def number(written: str | None, measure: Measure) -> Som | int | None:
    """Return an amount, or hundredths of a percentage point, by the measure of the line."""
    if written is None:
        return None
    return Som.from_json(written) if measure is Measure.AMOUNT else parse_percentage(written)


def instrument(key: str | None) -> Instrument | None:
    """Return the instrument a key of the file names."""
    return _INSTRUMENTS.get(key or "")
