"""The register of acts that do not work."""

from budgetproto.protocol.drawing.house_style import BODY, SUBSECTION
from budgetproto.protocol.drawing.paper import cell, cells
from budgetproto.reporting.annual.drawing.pages import ReportPages

_TITLES = ("act", "fails", "where", "evidence", "repair")


def draw_failing(pages: ReportPages) -> None:
    """Draw each act: article, what fails, where, by what evidence, what repairs it."""
    teller, flow = pages.teller, pages.flow
    flow.text(teller.tell("annual.failing.title"), SUBSECTION)
    failing = pages.report.content.failing
    if not failing:
        flow.text(teller.tell("annual.failing.none"), BODY)
        return
    rows = [
        (
            cells((each.act, each.article)),
            *(cell(teller.said(words)) for words in (each.fails, each.where)),
            cell(each.evidence),
            cell(teller.said(each.repair)),
        )
        for each in failing
    ]
    titles = [teller.tell(f"annual.failing.{key}") for key in _TITLES]
    pages.table(pages.columns(20, 26, 16, 18, 26), titles, rows)
