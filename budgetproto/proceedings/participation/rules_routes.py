"""The page of what the obligations rest on: articles of the Rules, and a draft to amend them by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in
from budgetproto.i18n import Language, text
from budgetproto.proceedings.participation.domain import Basis
from budgetproto.proceedings.participation.record import bases
from budgetproto.sittings.procedure import procedure
from budgetproto.web.data import reading

blueprint = Blueprint("rules", __name__)

#: The languages in which an amendment is tabled.
_TABLED: Final[tuple[Language, ...]] = ("ky", "ru")


@dataclass(frozen=True)
class Draft:
    """The draft amendment in one language; no paragraphs where every obligation has its article."""

    language: Language
    heading: str
    clause: str
    paragraphs: tuple[str, ...]
    proposal: str


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)


@blueprint.get("/participation/rules")
@logged_in
def amendment() -> ResponseReturnValue:
    """Show the article of each obligation, and a draft amendment in Kyrgyz and Russian for those without."""
    with reading() as data:
        settings = procedure(data)
        found = bases(data, settings.number("invitation_days"))
    return render_template(
        "participation/rules.html",
        bases=found,
        settings={each.question: settings.settings[f"article_{each.question.value}"] for each in found},
        drafts=[draft for draft in (_draft(each, found) for each in _TABLED) if draft.paragraphs],
    )


def _draft(language: Language, found: Sequence[Basis]) -> Draft:
    missing = [each.draft for each in found if not each.known]
    return Draft(
        language=language,
        heading=text("proceedings.rules.heading", language),
        clause=text("proceedings.rules.clause", language),
        paragraphs=tuple(text(each.key, language, **dict(each.values)) for each in missing),
        proposal=text("proceedings.rules.proposal", language),
    )
