"""Filed annual reports for programs: the list, one report, and every value; a draft is not there."""

from bisect import bisect_right
from itertools import islice
from typing import Any, Final

from flask import Flask
from flask.typing import ResponseReturnValue

from budgetproto.accounts.bearer import bearing, caller
from budgetproto.accounts.scopes import Scope
from budgetproto.errors import Unknown
from budgetproto.reporting.annual.report import ReportValue
from budgetproto.reporting.annual.shapes import (
    ReportCardShape,
    ReportShape,
    ValuesAsked,
    ValueShape,
    card_written,
    report_written,
    value_written,
)
from budgetproto.reporting.annual.showing import Shown, every_filed, shown_filed
from budgetproto.web.api import Asked, Resources, answer, page_of, register
from budgetproto.web.api.answering import kept_by_content
from budgetproto.web.api.cursors import Page, behind, cut
from budgetproto.web.api.shapes import listing
from budgetproto.web.data import reading

resources: Final = Resources("reports", __name__, "Annual reports of the associations that are filed")
_CONDITIONS: Final = ("indicator", "territory", "year")


def init_app(app: Flask) -> None:
    """Register the resources."""
    register(app, resources)


@resources.get("/reports")
@bearing(Scope.REPORTS)
@resources.asks(Asked)
@resources.shows(listing(ReportShape), keeps=True)
def reports(asked: dict[str, Any]) -> ResponseReturnValue:
    """List the filed reports by year."""
    with reading() as data:
        found = every_filed(data)
    page = page_of(found, lambda each: (each.year, each.id), **asked)
    return kept_by_content(answer(page.document(report_written)))


@resources.get("/reports/<public_id:report_id>")
@bearing(Scope.REPORTS)
@resources.shows(ReportCardShape, keeps=True)
def report(report_id: str) -> ResponseReturnValue:
    """Show one filed report: words, indicators, soms, regional balance, what became of it."""
    return kept_by_content(answer(card_written(_filed(report_id))))


@resources.get("/reports/<public_id:report_id>/values")
@bearing(Scope.REPORTS)
@resources.asks(ValuesAsked)
@resources.shows(listing(ValueShape), keeps=True)
def values(asked: dict[str, Any], report_id: str) -> ResponseReturnValue:
    """List the values of a filed report by indicator, territory and year."""
    report = _filed(report_id).report
    page = _page(report.values, [(name, asked[name]) for name in _CONDITIONS if name in asked], asked)
    return kept_by_content(answer(page.document(lambda each: value_written(each, report.year))))


def _page(
    found: tuple[ReportValue, ...], wanted: list[tuple[str, object]], asked: dict[str, Any]
) -> Page[ReportValue]:
    """Return a page of what is in order already: of a hundred thousand values only its own are gone over."""
    after = behind(asked["cursor"], like=found[0].key) if found else None
    start = bisect_right(found, after, key=lambda each: each.key) if after else 0
    matching = (
        each
        for each in islice(found, start, None)
        if all(getattr(each, name) == value for name, value in wanted)
    )
    return cut(list(islice(matching, asked["limit"] + 1)), lambda each: each.key, limit=asked["limit"])


def _filed(report_id: str) -> Shown:
    with reading() as data:
        found = shown_filed(data, caller().id, report_id)
    if found is None:
        raise Unknown(denied="annual.report")
    return found
