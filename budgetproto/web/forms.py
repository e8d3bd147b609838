"""The base of every form: labels and faults are message keys, a refusal is shown beside what was typed."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, ClassVar, Final

from flask import Flask, Request, render_template
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import Field
from wtforms.fields import choices as wtforms_choices
from wtforms.validators import StopValidation, ValidationError

from budgetproto.errors import BadInput, ConciliationError, Problem, Refused
from budgetproto.i18n import Named, is_known
from budgetproto.i18n.letters import told_missing
from budgetproto.web.language import switched_to

csrf: Final = CSRFProtect()

#: The years a form takes: no sitting is about others, and every calendar and time zone can reckon with them.
YEARS: Final = range(1990, 2201)
#: Digits of a whole number that every database can keep.
_MOST_DIGITS: Final = 9
#: Bytes of a request where the installation says nothing.
_LARGEST_REQUEST: Final = 16 * 2**20
#: A Cyrillic letter takes two bytes in a form that carries files, and three times as many in any other.
_LESS_WITH_FILES: Final = 3

#: WTForms' own sentences and the keys we say instead.
_OWN_KEYS: Final = {
    "This field is required.": "web.required",
    "Not a valid choice.": "web.not_a_choice",
    "Invalid Choice: could not coerce.": "web.not_a_choice",
    "Not a valid integer value.": "web.not_a_whole_number",
    "Not a valid date value.": "web.not_a_date",
    "Not a valid datetime value.": "web.not_a_date",
    "Not a valid time value.": "web.not_a_time",
}


def init_app(app: Flask) -> None:
    """Ask every form for its token, for as long as the session lives: a sitting takes hours."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    _limit(app)
    app.request_class = _InMemory
    csrf.init_app(app)
    csrf.exempt("budgetproto.web.language.switch")


def _limit(app: Flask) -> None:
    """Let as much text through whichever way a page sends it; a file may take the rest of the request.

    A question may have dozens of long entries of its history in three languages: what every field of a form
    takes, the whole form takes. Werkzeug limits the fields of a form with files alone; without files they
    are the request.
    """
    if app.config["MAX_CONTENT_LENGTH"] is None:
        app.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = app.config["MAX_CONTENT_LENGTH"] // _LESS_WITH_FILES


class _InMemory(Request):
    """A request whose uploads lie in memory: nothing that will be sealed is written to a disk unsealed."""

    def _get_file_stream(self, *_about: object, **_more: object) -> BytesIO:
        return BytesIO()


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose labels, hints and faults are message keys (or, for our own data, `Named`)."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Settings of every form; `unit` is the unit of its amounts."""

        unit = None

        def get_translations(self, _form: object) -> Any:
            """Turn the sentences of WTForms into keys."""
            return _Keys()

    #: The field that a refusal is shown beside, by its class; all others stand above the form.
    places: ClassVar[Mapping[type[ConciliationError], str]] = {}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self:
            field.description = field.description or hint_of(field.label.text)

    def is_submitted(self) -> bool:
        """Tell whether the form was sent; a change of language shows it again with what was typed."""
        return bool(super().is_submitted()) and switched_to() is None

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the form; of what could not be read only that is told, not also that it does not fit."""
        fits = bool(super().validate(extra_validators))
        for field in self:
            if field.process_errors and field.errors:
                field.errors = list(field.process_errors)
        return fits

    @contextmanager
    def refusals(self) -> Generator[None]:
        """Show what the service refuses in `with form.refusals():` on the form, with what was typed."""
        try:
            yield
        except (BadInput, Refused) as error:
            self.take(error)

    def take(self, error: ConciliationError) -> None:
        """Put the faults of `error` beside their fields, the others above the form."""
        problems = error.problems if isinstance(error, BadInput) else ()
        beside = self.places.get(type(error))
        for problem in problems or (Problem(error.key, error.details, form_field=beside),):
            field = self._fields.get(problem.form_field or "")
            faults: list[Any] = self.form_errors if field is None else _own_list(field)
            faults.append(problem)


@dataclass(frozen=True)
class Label(Named):
    """A label in words of our own data, and the message key whose hint belongs to it."""

    key: str = ""


def hint_of(label: str | Named) -> str:
    """Return the key of the hint that the catalogue has for a label: its own key with `.hint`; or nothing."""
    key = f"{label if isinstance(label, str) else getattr(label, 'key', '')}.hint"
    return key if is_known(key) else ""


def form_page(template: str, form: Form, **context: object) -> tuple[str, int]:
    """Render a page with a form; 422 when the form has faults."""
    return render_template(template, form=form, **context), 422 if form.errors else 200


def choice(value: str, words: str | Named) -> Any:
    """Return one choice of a select or of radios; `words` is a message key or a `Named`."""
    return wtforms_choices.SelectChoice(value=value, label=words)  # type: ignore[attr-defined]


def whole(typed: str | None, default: int = 0) -> int:
    """Return the whole number that was typed or sent; `default` for anything else, too many digits included.

    >>> whole("12"), whole("-1"), whole("²"), whole("9" * 10, -1), whole(None)
    (12, 0, 0, -1, 0)
    """
    if typed and typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS:
        return int(typed)
    return default


class Required:
    """Refuse a blank field; spaces alone are blank, zero is not."""

    def __init__(self) -> None:
        self.field_flags = {"required": True}

    def __call__(self, _form: object, field: Field) -> None:
        """Raise StopValidation when nothing was typed, chosen or uploaded."""
        if not any(_typed(raw) for raw in field.raw_data or ()):
            own = _own_list(field)
            own.clear()
            raise StopValidation("web.required")


def required() -> Required:
    """Return a validator that refuses a blank field."""
    return Required()


class Longest:
    """Refuse a text of more letters than fit."""

    def __init__(self, letters: int) -> None:
        self.letters = letters

    def __call__(self, _form: object, field: Field) -> None:
        """Raise ValidationError with both numbers."""
        typed = len(field.data or "")
        if typed > self.letters:
            details = {"most": self.letters, "typed": typed}
            raise _fault(Problem("web.too_long", details))


def longest(letters: int) -> Longest:
    """Return a validator that refuses more than so many letters."""
    return Longest(letters)


class OnPaper:
    """Refuse letters that the fonts of the protocol lack: what cannot be printed is not taken."""

    def __call__(self, _form: object, field: Field) -> None:
        """Raise ValidationError naming the letters."""
        if letters := told_missing(field.data or ""):
            raise _fault(Problem("web.letters_missing", {"letters": letters}))


class InYears:
    """Refuse a year, or a date of a year, that no sitting is about."""

    def __call__(self, _form: object, field: Field) -> None:
        """Raise ValidationError with the first and the last year; a blank is left to others."""
        year = field.data.year if isinstance(field.data, date) else field.data
        if year is not None and year not in YEARS:
            # As words: a year is not written in groups of three.
            details = {"first": str(YEARS[0]), "last": str(YEARS[-1])}
            raise _fault(Problem("web.year_out_of_range", details))


def in_years() -> InYears:
    """Return a validator that refuses a year or a date out of all reason."""
    return InYears()


class _Keys:
    """Gives WTForms a message key for each of its sentences."""

    def gettext(self, sentence: str) -> str:
        return _OWN_KEYS.get(sentence, "web.invalid")

    def ngettext(self, singular: str, _plural: str, _n: int) -> str:
        return _OWN_KEYS.get(singular, "web.invalid")


def _typed(raw: object) -> str:
    return str(getattr(raw, "filename", raw) or "").strip()


def _own_list(field: Field) -> list[Any]:
    """Return the field's faults as a list of its own: WTForms shares one empty tuple."""
    faults = list(field.errors)
    field.errors = faults
    return faults


def _fault(problem: Problem) -> ValidationError:
    """Carry a whole problem through WTForms, which keeps the first argument of what is raised."""
    fault = ValidationError()
    fault.args = (problem,)
    return fault
