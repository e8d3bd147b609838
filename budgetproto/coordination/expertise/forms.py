"""The forms of an expertise: from asking for it to withdrawing it."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final

from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import Optional

from budgetproto.accounts.domain import Party
from budgetproto.coordination.domain import LONGEST_NAME, LONGEST_TEXT
from budgetproto.coordination.expertise import agenda, service
from budgetproto.coordination.expertise import domain as d
from budgetproto.coordination.expertise import refusals as no
from budgetproto.disputes.lines.form_rows import ROWS
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import LANGUAGES, Named, text
from budgetproto.money import Unit
from budgetproto.money.fields import AmountField
from budgetproto.sittings.fields import line, numbered, passage
from budgetproto.web import Form, choice, in_years, required

#: The unit that amounts are typed and shown in; they are kept exact.
UNIT: Final = Unit.THOUSAND_SOMS
#: The choice of the committee among those who may commission.
COMMITTEE: Final = "committee"


class ExpertiseForm(Form):
    """What every form has: how much of the course its author had seen; refusals stand beside their field."""

    seen = HiddenField()

    def typed(self, name: str) -> str:
        """Return the text of a field without spaces around it."""
        return (self[name].data or "").strip()


class CommissionForm(ExpertiseForm):
    """In whose name an expertise is asked for, what is to be answered, by whom, until when."""

    places: ClassVar = {
        no.TaskMissing: "task",
        no.NoExperts: "experts",
        no.ExpertTwice: "experts",
        no.TooManyExperts: "experts",
        service.NoSuchExpert: "experts",
        service.UntilPast: "until",
    }

    party = SelectField("expertise.form.party", [required()])
    task = passage("expertise.form.task", needed=True, most=LONGEST_TEXT)
    until = DateField("expertise.form.until", [Optional(), in_years()])
    experts = passage("expertise.form.experts", needed=True, most=2000)

    def offer(self, parties: Sequence[Party], *, committee: bool) -> None:
        """Let those be chosen for whom the reader may commission."""
        own = [choice(COMMITTEE, "expertise.by_committee")] if committee else []
        self.party.choices = [*own, *(choice(each.id, each.name) for each in parties)]

    def logins(self) -> list[str]:
        """Return the log-in names, one of each line."""
        return [each.strip() for each in self.typed("experts").splitlines() if each.strip()]


class ExpertForm(ExpertiseForm):
    """Another expert."""

    places: ClassVar = dict.fromkeys((no.ExpertTwice, no.TooManyExperts, service.NoSuchExpert), "expert")

    expert = line("expertise.form.expert", needed=True, most=100)


class InterestsForm(ExpertiseForm):
    """No interests, or which."""

    places: ClassVar = {no.InterestsUnsaid: "interests", no.InterestsBoth: "interests"}

    none = RadioField(
        "expertise.form.none",
        [required()],
        choices=[
            choice("none", "expertise.interests.choose_none"),
            choice("some", "expertise.interests.some"),
        ],
    )
    interests = passage("expertise.form.interests", most=LONGEST_TEXT)

    def what(self) -> d.Declared:
        """Return the declaration; raise where it is neither or both."""
        return d.declared(self.typed("interests"), none=self.none.data == "none")


class HandInForm(ExpertiseForm):
    """Everybody who reads the register will read it."""

    sure = BooleanField("expertise.form.sure", [required()])


class ReplyForm(ExpertiseForm):
    """What the body makes of the review, and why."""

    places: ClassVar = {no.ReplyUnsaid: "reply"}

    stance = RadioField(
        "expertise.form.stance",
        [required()],
        choices=[choice(each.value, f"expertise.stance.{each.value}") for each in d.Stance],
    )
    reply = passage("expertise.form.reply", needed=True, most=LONGEST_TEXT)

    def what(self) -> d.Replied:
        """Return the reply."""
        return d.Replied(d.Stance(self.stance.data), self.typed("reply"))


class WithdrawalForm(ExpertiseForm):
    """Why an expertise is taken back."""

    places: ClassVar = {no.WithdrawalUnsaid: "reason"}

    reason = passage("expertise.form.reason", needed=True, most=LONGEST_TEXT)

    def what(self) -> d.Withdrawn:
        """Return the withdrawal."""
        return d.Withdrawn(self.typed("reason"))


class AgendaDraftForm(ExpertiseForm):
    """Which draft of the register a question of the agenda is about."""

    places: ClassVar = {agenda.NoSuchDraft: "draft"}

    draft = IntegerField("expertise.form.draft", [Optional()])


class ReviewForm(ExpertiseForm):
    """A version of the review; `review_form` adds the parts, and as many amounts as are needed."""

    rows: ClassVar[int] = 0

    written_in = SelectField(
        "expertise.form.language",
        [required()],
        choices=[choice(code, f"sittings.in.{code}") for code in LANGUAGES],
    )
    verdict = RadioField(
        "expertise.form.verdict",
        [Optional()],
        choices=[choice(each.value, f"expertise.verdict.{each.value}") for each in d.Verdict],
    )
    conclusion = passage("expertise.form.conclusion", most=LONGEST_TEXT)

    def review(self) -> d.Review:
        """Return the version that was typed; BadInput where an amount is not whole."""
        sums = self._sums()
        findings = tuple(self._finding(part, sums) for part in d.Part)
        verdict = d.Verdict(self.verdict.data) if self.verdict.data else None
        return d.Review(self.written_in.data, findings, verdict, self.typed("conclusion"))

    def _finding(self, part: d.Part, sums: Sequence[tuple[str, d.Sum]]) -> d.Finding:
        unknown = self.typed(f"unknown_{part.value}") if part in d.MONEY else ""
        own = tuple(each for kind, each in sums if kind == part.value)
        touched = self[f"touched_{part.value}"].data == "yes"
        return d.Finding(part, touched, self.typed(f"text_{part.value}"), own, unknown)

    def _sums(self) -> list[tuple[str, d.Sum]]:
        rows = [row for row in range(1, self.rows + 1) if self._filled(row)]
        blank = [name for row in rows for name in (f"year_{row}", f"amount_{row}") if self[name].data is None]
        if blank:
            raise BadInput(*(Problem("web.required", form_field=name) for name in blank))
        return [(self[f"kind_{row}"].data, self._sum(row)) for row in rows]

    def _sum(self, row: int) -> d.Sum:
        return d.Sum(self[f"year_{row}"].data, self[f"amount_{row}"].data, self.typed(f"what_{row}"))

    def _filled(self, row: int) -> bool:
        amount, year = self[f"amount_{row}"].data, self[f"year_{row}"].data
        return amount is not None or year is not None or bool(self.typed(f"what_{row}"))


def review_form(latest: d.Review | None, *, seen: int, language: str) -> ReviewForm:
    """Return the form of the next version, which begins with the latest."""
    sums = [(each.part.value, own) for each in latest.findings for own in each.sums] if latest else []
    rows = ROWS.count(max(len(sums), 1))
    fields = dict(_part_fields()) | {"rows": rows}
    for row in range(1, rows + 1):
        fields |= _sum_fields(row)
    values = {"seen": str(seen), "written_in": latest.language if latest else language}
    values |= _values(latest, sums) if latest else {}
    form = type("ReviewForm", (ReviewForm,), fields)
    made: ReviewForm = form(meta={"unit": UNIT}, data=values, **ROWS.kept())
    return made


def _part_fields() -> Iterator[tuple[str, Any]]:
    answers = [choice("yes", "expertise.touched.yes"), choice("no", "expertise.touched.no")]
    for part in d.Part:
        yield (
            f"touched_{part.value}",
            RadioField(_of(part, "touched"), [required()], choices=answers, default="no"),
        )
        yield f"text_{part.value}", passage(_of(part, "text"), most=LONGEST_TEXT)
        if part in d.MONEY:
            yield f"unknown_{part.value}", passage(_of(part, "unknown"), most=LONGEST_TEXT)


def _sum_fields(row: int) -> dict[str, Any]:
    numbers: Any = numbered
    kinds = [choice(part.value, f"expertise.part.{part.value}") for part in d.MONEY]
    return {
        f"kind_{row}": SelectField(numbers("expertise.form.kind", row), choices=kinds),
        f"year_{row}": IntegerField(numbers("expertise.form.year", row), [Optional(), in_years()]),
        f"amount_{row}": AmountField(numbers("expertise.form.amount", row)),
        f"what_{row}": line(numbers("expertise.form.what", row), most=LONGEST_NAME),
    }


def _of(part: d.Part, field: str) -> Any:
    """Return the label of a field of a part: the part's name and what is asked."""
    names = (text(f"expertise.part.{part.value}", code) for code in LANGUAGES)
    asked = (text(f"expertise.form.{field}", code) for code in LANGUAGES)
    return Named(*(f"{name}: {each}" for name, each in zip(names, asked, strict=True)))


def _values(latest: d.Review, sums: Sequence[tuple[str, d.Sum]]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "verdict": latest.verdict.value if latest.verdict else None,
        "conclusion": latest.conclusion,
    }
    for each in latest.findings:
        part = each.part.value
        values |= {f"touched_{part}": "yes" if each.touched else "no", f"text_{part}": each.text}
        values[f"unknown_{part}"] = each.unknown
    for row, (kind, own) in enumerate(sums, start=1):
        values |= {
            f"kind_{row}": kind,
            f"year_{row}": own.year,
            f"amount_{row}": own.amount,
            f"what_{row}": own.what,
        }
    return values
