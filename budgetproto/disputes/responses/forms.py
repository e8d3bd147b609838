"""The forms in which a party answers the option: one question, or all that are left."""

import re
from typing import Any, ClassVar, Final, Literal, cast

from wtforms import BooleanField, DateField, Field, HiddenField, RadioField
from wtforms.validators import Optional, ValidationError

from budgetproto.disputes.domain import FigureMissing
from budgetproto.disputes.figures.fields import FigureForm, WordsForm, measured, spread_words, started
from budgetproto.disputes.positions.repeating import KeyUsed, new_key
from budgetproto.disputes.responses.domain import (
    LONGEST_CONFIRMER,
    LONGEST_REASON,
    ConditionMissing,
    ConditionOnItself,
    ConditionWithoutFigure,
    ConfirmerMissing,
    CounterIsOption,
    CounterUnconfirmed,
    DayMissing,
    DayPassed,
    Kind,
    PartOfAnotherAnswer,
    ReasonMissing,
    Response,
    TooManyConditions,
)
from budgetproto.disputes.responses.service import Own
from budgetproto.errors import ConciliationError, Problem
from budgetproto.money import Unit
from budgetproto.sittings.fields import labelled, line, passage
from budgetproto.web import choice, in_years, required, whole

#: Letters of a list of numbers of questions.
_LONGEST_LIST: Final = 300
_NUMBERS: Final = re.compile(r"[0-9]{1,6}")


class _Answering(WordsForm):
    """What both forms share: which version is answered, and the reason."""

    places: ClassVar = {**FigureForm.places, ReasonMissing: "reason_ky"}

    #: The version of the option its author had before him.
    option = HiddenField()
    request_key = HiddenField()
    reason_ky = passage(
        labelled("responses.reason", "ky"), most=LONGEST_REASON, description="responses.reason.hint"
    )
    reason_ru = passage(
        labelled("responses.reason", "ru"), most=LONGEST_REASON, description="responses.reason.hint"
    )

    def take(self, error: ConciliationError) -> None:
        """Let a form whose key was used with other content go under a new one."""
        if isinstance(error, KeyUsed):
            self.request_key.data = new_key()
        super().take(error)


class ResponseForm(_Answering):
    """The answer to the option on one question; `seen` is the party's last answer its author had seen."""

    places: ClassVar = {
        **_Answering.places,
        FigureMissing: "figure",
        CounterIsOption: "figure",
        CounterUnconfirmed: "figure",
        ConfirmerMissing: "confirmer",
        DayMissing: "until",
        DayPassed: "until",
        ConditionMissing: "lines",
        ConditionOnItself: "lines",
        ConditionWithoutFigure: "lines",
        TooManyConditions: "lines",
    }

    #: Whether the counter-proposal lies far from the party's base and has to be confirmed.
    jumped = False

    seen = HiddenField()
    jump_confirmed = BooleanField("disputes.jump_confirmed")
    kind = RadioField(
        "responses.kind",
        [required()],
        choices=[choice(each.value, f"responses.kind.{each.value}") for each in Kind],
        description="responses.kind.hint",
    )
    confirmer = line("responses.confirmer", most=LONGEST_CONFIRMER, description="responses.confirmer.hint")
    until = DateField("responses.until", [Optional(), in_years()], description="responses.until.hint")
    lines = line("responses.lines", most=_LONGEST_LIST, description="responses.lines.hint")

    def validate_lines(self, field: Field) -> None:
        """Refuse what is no list of numbers."""
        if any(not _NUMBERS.fullmatch(each) for each in _listed(field.data)):
            fault = ValidationError()
            fault.args = (Problem("responses.lines_unreadable", {"typed": field.data}),)
            raise fault

    def take(self, error: ConciliationError) -> None:
        """Ask for a confirmation of a far counter-proposal; put a stray part beside its own field."""
        self.jumped = self.jumped or isinstance(error, CounterUnconfirmed)
        if isinstance(error, PartOfAnotherAnswer):
            self.take_at(error, str(error.details["part"]))
        else:
            super().take(error)

    def response(self) -> Response:
        """Return what was typed, once the form is valid; BadInput when a text lacks its original."""
        return Response(
            kind=Kind(self.kind.data),
            reason=self.words("reason"),
            figure=self.stated(),
            confirmer=(self.confirmer.data or "").strip(),
            until=self.until.data,
            lines=tuple(sorted({int(each) for each in _listed(self.lines.data)})),
        )


class RestForm(_Answering):
    """One answer to all questions that the party has not answered."""

    kind = RadioField(
        "responses.kind",
        [required()],
        choices=[choice(each.value, f"responses.kind.{each.value}") for each in (Kind.ACCEPT, Kind.REJECT)],
        description="responses.rest.kind.hint",
    )

    def chosen(self) -> Literal[Kind.ACCEPT, Kind.REJECT]:
        """Return the answer that was chosen, once the form is valid."""
        return cast(Literal[Kind.ACCEPT, Kind.REJECT], Kind(self.kind.data))


def response_form(own: Own, unit: Unit) -> ResponseForm:
    """Return the form for a party's question, filled with its answer to this version where it has one."""
    made: type[ResponseForm] = measured(ResponseForm, own.line.text.measure)
    values = {"seen": str(own.version), "option": str(own.option.number), "request_key": new_key()}
    form = made(meta={"unit": unit}, data=values | (_values(own) if own.answered else {}))
    form.figure.label.text, form.figure.description = "responses.figure", "responses.figure.hint"
    return form


def rest_form(option: int) -> RestForm:
    """Return the form for all that is left of a version."""
    return RestForm(data={"option": str(option), "request_key": new_key()})


def number(field: HiddenField) -> int:
    """Return the number in a hidden field; what is no number is no version."""
    return whole(str(field.data or ""), -1)


def _values(own: Own) -> dict[str, Any]:
    if own.last is None:
        return {}
    response = own.last.response
    return {
        **spread_words("reason", response.reason),
        **started(response.figure),
        "kind": response.kind.value,
        "confirmer": response.confirmer,
        "until": response.until,
        "lines": ", ".join(map(str, response.lines)),
    }


def _listed(typed: str | None) -> list[str]:
    """Return the numbers of a list as they were typed, apart by commas, semicolons or spaces."""
    return [each for each in re.split(r"[\s,;№]+", typed or "") if each]
