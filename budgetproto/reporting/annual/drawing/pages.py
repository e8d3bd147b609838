"""What every part of the printed report needs: its value, its words, and the few shapes they share."""

from dataclasses import dataclass

from budgetproto.i18n import Language, Named, text
from budgetproto.protocol.drawing.paper import Pages
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.reporting.annual.figures import UNIT
from budgetproto.reporting.annual.report import Report

#: Stands after what a hand has typed.
HAND = "*"
#: Stands after what the service computed from its record.
RECORD = "°"
#: Stands after what is made up.
MADE_UP = "†"


class Teller(Writer):
    """Writes the sentences of this room beside those of the protocol."""

    def __init__(self, language: Language) -> None:
        super().__init__(language, UNIT)

    def tell(self, key: str, **values: object) -> str:
        """Return a sentence of the annual report."""
        return text(key, self.language, **values)

    def annex(self, number: int, key: str) -> str:
        """Return the heading of an annex."""
        return self.tell("annual.paper.annex", number=number, title=self.tell(key))

    def said(self, named: Named) -> str:
        """Return what people wrote, marked when it is not in this language."""
        words, found = named.in_(self.language)
        if not words or found == self.language:
            return words
        return f"{words} {self.say('translation.missing', language=self.say(f'language.{found}'))}"


@dataclass(frozen=True)
class ReportPages(Pages):
    """The report being printed."""

    report: Report
    teller: Teller


def begun(report: Report, teller: Teller, flow: Flow) -> ReportPages:
    """Begin the pages of a report."""
    return ReportPages(teller, flow, report, teller)
