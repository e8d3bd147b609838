"""What the pages of a report show, whoever reads it: its own people, everybody once filed, the public."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Response

from budgetproto.analysis.charts.drawing import MEDIA, PICTURES
from budgetproto.analysis.charts.drawing import draw as draw_chart
from budgetproto.errors import Unknown
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.reporting.annual.charts import DRAWINGS, chart
from budgetproto.reporting.annual.content import MONEY, SECTIONS
from budgetproto.reporting.annual.domain import VERDICTS
from budgetproto.reporting.annual.drawing import draw
from budgetproto.reporting.annual.record import OF_SITTINGS, SAID, said_of, way_of
from budgetproto.reporting.annual.report import Measured, Report
from budgetproto.web import request_language
from budgetproto.web.downloads import shown_picture

TONES: Final = {"better": "good", "worse": "bad", "unchanged": "neutral", "unknown": "quiet"}

#: Papers of filed reports that were drawn lately, by hash and language: the same for everybody, for ever.
_KEPT: Final = 6
_drawn: Final[dict[tuple[str, Language], bytes]] = {}


def told(report: Report) -> Mapping[str, Any]:
    """Return what the parts of a report's page are made of, in the reader's language."""
    language = request_language()
    return {
        "report": report,
        "charts": {each: chart(each, report, language) for each in DRAWINGS},
        "sections": SECTIONS,
        "parts": MONEY,
        "verdicts": VERDICTS,
        "tones": TONES,
        "of_drafts": SAID,
        "of_sittings": OF_SITTINGS,
        "said_of": said_of,
        "way_of": way_of,
    }


def measured_by(report: Report, indicator: str) -> Measured:
    """Return one indicator over all territories; raise Unknown when the report has no such one."""
    found = next((each for each in report.measured if each.indicator.key == indicator), None)
    if found is None:
        raise Unknown
    return found


def picture_of(report: Report, drawing: str, picture: str) -> Response:
    """Hand out one chart as a picture in the reader's language; raise Unknown for one there is not."""
    known = next((each for each in DRAWINGS if each == drawing), None)
    form_of = next((each for each in PICTURES if each == picture), None)
    if known is None or form_of is None:
        raise Unknown
    made = chart(known, report, request_language())
    return shown_picture(draw_chart(made, form_of), f"{known}.{form_of}", MEDIA[form_of])


def known_language(asked: str) -> Language:
    """Return the language of a paper that was asked for; raise Unknown for one there is not."""
    found: Language | None = next((each for each in LANGUAGES if each == asked), None)
    if found is None:
        raise Unknown
    return found


def filed_paper(report: Report, language: Language, digest: str) -> bytes:
    """Return the PDF of a filed report, from those kept while it is among them."""
    key = digest, language
    found = _drawn.pop(key, None) or draw(report, language, digest=digest)
    while len(_drawn) >= _KEPT:
        _drawn.pop(next(iter(_drawn)), None)
    _drawn[key] = found
    return found
