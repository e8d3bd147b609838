"""What the page of discrepancies and its files show: the table of the lines a reader chose, its subtotals."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.analysis.discrepancies import Pair, chosen, discrepancy_sheet, totals_of
from budgetproto.analysis.subtotals import Subtotal, by_kind, by_territory, subtotal_sheet
from budgetproto.disputes import service as disputes
from budgetproto.disputes.domain import Line
from budgetproto.exchange import Sheet
from budgetproto.i18n import Named, every_language
from budgetproto.protocol import service
from budgetproto.protocol.composed import STANDINGS, Standing, Totals
from budgetproto.protocol.service import Paper


@dataclass(frozen=True)
class Choice:
    """The lines a reader chose: of one kind (its code), of one outcome; empty means all."""

    kind: str = ""
    outcome: str = ""

    @property
    def everything(self) -> bool:
        """Tell whether nothing is left out."""
        return not self.kind and not self.outcome


@dataclass(frozen=True)
class View:
    """The table for one reader; `lines` are the lines by number, `kinds` their kinds by code."""

    paper: Paper
    choice: Choice
    lines: Mapping[int, Line]
    kinds: Mapping[str, Named]
    numbers: frozenset[int] | None

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The chosen lines with what follows from them."""
        return chosen(self.paper.protocol, self.numbers)

    @property
    def totals(self) -> Totals:
        """The composed totals of the chosen lines."""
        return totals_of(self.paper.protocol, self.numbers)

    @property
    def outcomes(self) -> tuple[Standing, ...]:
        """The outcomes that lines of this sitting have."""
        return tuple(each for each in STANDINGS if self.paper.protocol.count(each))

    @property
    def closed(self) -> tuple[int, ...]:
        """The numbers of the lines whose positions are not open yet."""
        return tuple(number for number, line in self.lines.items() if line.opened_at is None)

    def filter_told(self) -> Named | None:
        """Tell the choice in a sentence, `None` when it is everything."""
        if self.choice.everything:
            return None
        every = every_language("analysis.filter.all")
        kind = self.kinds.get(self.choice.kind, _unknown(self.choice.kind)) if self.choice.kind else every
        outcome = self._outcome_told() if self.choice.outcome else every
        return every_language("analysis.note.filter", kind=kind, outcome=outcome)

    def sheet(self) -> Sheet:
        """Return the table with what the reader has to know of it."""
        told = self.filter_told()
        notes = [told] if told else []
        if self.closed:
            notes.append(every_language("analysis.note.closed", lines=", ".join(map(str, self.closed))))
        return discrepancy_sheet(self.paper.protocol, numbers=self.numbers, notes=notes)

    def subtotals(self) -> dict[str, tuple[Subtotal, ...]]:
        """Return the subtotals by kind and by territory."""
        return {"kind": by_kind(self.pairs), "territory": by_territory(self.pairs)}

    def sheets(self) -> list[Sheet]:
        """Return everything the page shows, a table each."""
        return [
            self.sheet(),
            *(
                subtotal_sheet(f"analysis.subtotals.{name}", f"analysis.column.{name}", found, self.totals)
                for name, found in self.subtotals().items()
            ),
        ]

    def _outcome_told(self) -> Named:
        found = next((each for each in STANDINGS if each == self.choice.outcome), None)
        return every_language(f"analysis.standing.{found}") if found else _unknown(self.choice.outcome)


def view(session: Session, person_id: str, sitting_id: str, choice: Choice) -> View:
    """Return the table of a sitting to whoever may read it; raise as `protocol.service.paper_of` does."""
    paper = service.paper_of(session, person_id, sitting_id)
    _, _, entered = disputes.lines_of(session, person_id, sitting_id)
    lines = {line.number: line for line in entered}
    pairs = list(paper.protocol.pairs())
    numbers = frozenset(
        line.number
        for line, made in pairs
        if choice.kind in ("", lines[line.number].text.kind) and choice.outcome in ("", made.standing)
    )
    return View(
        paper=paper,
        choice=choice,
        lines=lines,
        kinds={lines[line.number].text.kind: line.kind for line, _ in pairs},
        numbers=None if choice.everything else numbers,
    )


def _unknown(typed: str) -> Named:
    return Named(typed, typed, typed)
