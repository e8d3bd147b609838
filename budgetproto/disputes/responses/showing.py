"""How pages write an answer: part by part for two that are compared, and in a few words for tables."""

from collections.abc import Mapping

from flask import Flask
from markupsafe import Markup, escape

from budgetproto.disputes.options.document import OptionLine
from budgetproto.disputes.responses.domain import Response, Standing
from budgetproto.disputes.showing import in_unit, stated_in
from budgetproto.i18n.formatting import DASH
from budgetproto.money import Unit
from budgetproto.web.filters import day, t, words

Told = Mapping[str, Markup]

#: How each standing is marked; the words carry the meaning.
TONES = {
    Standing.ACCEPTED: "good",
    Standing.RESERVED: "attention",
    Standing.NOT_ANSWERED: "quiet",
    Standing.LAPSED: "bad",
    Standing.COUNTERED: "attention",
    Standing.REJECTED: "bad",
}


def init_app(app: Flask) -> None:
    """Give templates the tones of what answers come to."""
    app.jinja_env.globals["standing_tones"] = TONES


def told_response(response: Response | None, unit: Unit) -> dict[str, Markup]:
    """Return an answer as (message key of the label -> what it says), in the order of the form."""
    if response is None:
        return {}
    return {
        "responses.kind": escape(t(f"responses.kind.{response.kind.value}")),
        "responses.figure": stated_in(response.figure, unit),
        "responses.confirmer": escape(response.confirmer or DASH),
        "responses.until": escape(day(response.until) if response.until else DASH),
        "responses.lines": escape(", ".join(map(str, response.lines)) or DASH),
        "responses.reason": words(response.reason),
    }


def told_option(said: OptionLine | None, unit: Unit) -> dict[str, Markup]:
    """Return what a version of the option says of a question, in the same way."""
    if said is None:
        return {}
    return {
        "disputes.option.figure": stated_in(said.figure, unit),
        "disputes.option.granted": stated_in(said.granted, unit),
        "disputes.option.why": escape(" ".join(in_unit(each, unit) for each in said.sentences) or DASH),
    }


def beside(theirs: Told, yours: Told) -> list[tuple[str, Markup, Markup]]:
    """Return (label, one, other) of everything that two texts say, the same included."""
    labels = dict.fromkeys([*theirs, *yours])
    dash = escape(DASH)
    return [(label, theirs.get(label, dash), yours.get(label, dash)) for label in labels]
