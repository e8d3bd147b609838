"""What programs are sent of draft acts: the register, and one draft with all that happened to it."""

from typing import Any, Final

from marshmallow import fields

from budgetproto.coordination import happenings as h
from budgetproto.coordination.clock import Due, State
from budgetproto.coordination.course import Conclusion, Stage
from budgetproto.coordination.document import KINDS
from budgetproto.coordination.domain import Draft, GroundNote, Level, Screening, Touch
from budgetproto.coordination.procedure_values import COUNTED, TIMED, WORDED, Procedure, Rule
from budgetproto.coordination.showing import ActPage, Step, Told
from budgetproto.coordination.storage import ActRow
from budgetproto.coordination.terms import Term
from budgetproto.coordination.texts.domain import TextCard
from budgetproto.journal.plain import plain
from budgetproto.web.api.fields import ID_PATTERN, Code, Day, Matching, Text, Whole, YesNo
from budgetproto.web.api.shapes import Asked, NamedShape, Shape
from budgetproto.web.api.writing import day, named
from budgetproto.web.forms import YEARS

_LEVELS: Final = [each.value for each in Level]
_STAGES: Final = [each.value for each in Stage]


class ActsAsked(Asked):
    """Which drafts: those that match every condition given."""

    level = Code(_LEVELS, metadata={"description": "Who brings them in"})
    stage = Code(_STAGES, metadata={"description": "Where they stand"})
    year = Whole(YEARS[0], YEARS[-1], written=True)
    words = Text(200, load_default="", metadata={"description": "Parts of title, initiator or number"})
    overdue = YesNo(written=True, load_default=False, metadata={"description": "Only with a duty overdue"})


class ActShape(Shape):
    """A draft act as the list has it; `due_on` is the last day of the first duty that is open."""

    id = Matching(ID_PATTERN, required=True)
    number = fields.Integer(required=True)
    title = fields.Nested(NamedShape, required=True)
    level = Code(_LEVELS, required=True)
    initiator = fields.Nested(NamedShape, required=True)
    party = Matching(ID_PATTERN, required=True, allow_none=True)
    reference = fields.String(required=True)
    published = Day(required=True, allow_none=True)
    address = fields.String(required=True)
    entered_on = Day(required=True)
    year = fields.Integer(required=True)
    stage = Code(_STAGES, required=True)
    mandatory = fields.Boolean(required=True)
    conclusion = Code([each.value for each in Conclusion], required=True, allow_none=True)
    bypassed_on = Day(required=True, allow_none=True)
    adopted_on = Day(required=True, allow_none=True)
    due_on = Day(required=True, allow_none=True)
    remarks = fields.Integer(required=True)
    unanswered = fields.Integer(required=True)
    illustrative = fields.Boolean(required=True)


class RelatedShape(Shape):
    """An act of the bundle; `present` when its text was handed in."""

    title = fields.Nested(NamedShape, required=True)
    present = fields.Boolean(required=True)


class AmendedShape(Shape):
    """An act that the draft changes."""

    on = Day(required=True)
    number = fields.String(required=True)


class EntryShape(Shape):
    """What was entered, before steps of the kinds arrived, published, amending and corrected changed it."""

    title = fields.Nested(NamedShape, required=True)
    level = Code(_LEVELS, required=True)
    initiator = fields.Nested(NamedShape, required=True)
    party = Matching(ID_PATTERN, required=True, allow_none=True)
    reference = fields.String(required=True)
    published = Day(required=True, allow_none=True)
    related = fields.List(fields.Nested(RelatedShape), required=True)
    amends = fields.List(fields.Nested(AmendedShape), required=True)


class GroundNoteShape(Shape):
    """The ground note; what is empty was not studied."""

    studied = fields.Boolean(required=True)
    territories = fields.List(fields.String(), required=True)
    situation = fields.String(required=True)
    data = fields.String(required=True)
    data_of = Day(required=True, allow_none=True)
    asked = fields.String(required=True)


class QuestionShape(Shape):
    """The answer to one question of the screening, and why."""

    touch = Code([each.value for each in Touch], required=True)
    yes = fields.Boolean(required=True)
    reason = fields.String(required=True)


class ActStepShape(Shape):
    """One thing that happened; `what` is what was recorded, `late_after` its last day where it came later.

    `by_keeper` marks an association's word that came on paper and was recorded by the secretariat.
    """

    number = fields.Integer(required=True)
    kind = Code(sorted(KINDS), required=True)
    on = Day(required=True)
    recorded = Day(required=True)
    late_after = Day(required=True, allow_none=True)
    by_keeper = fields.Boolean(required=True)
    what = fields.Dict(required=True)


class TextShape(Shape):
    """A text attached as a file of this SHA-256; `replaced_by` is the text in its place, 0 for none.

    `after_notice` and `after_close` mark a text of the draft recorded after a notice, or after the close.
    """

    number = fields.Integer(required=True)
    kind = Code([each.value for each in h.TextKind], required=True)
    whose = fields.Nested(NamedShape, required=True)
    companion = fields.Nested(NamedShape, required=True)
    language = Code([each.value for each in h.TextLanguage], required=True)
    on = Day(required=True)
    recorded = Day(required=True)
    round = fields.Integer(required=True)
    name = fields.String(required=True)
    title = fields.String(required=True)
    size = fields.Integer(required=True)
    digest = fields.String(required=True)
    replaced_by = fields.Integer(required=True)
    after_notice = fields.Boolean(required=True)
    after_close = fields.Boolean(required=True)


class RemarkAnswerShape(Shape):
    """An answer to a remark; `changed` says why where an earlier one had been gone on from."""

    on = Day(required=True)
    verdict = Code([each.value for each in h.Verdict], required=True)
    reason = fields.String(required=True)
    changed = fields.String(required=True)


class RemarkStandShape(Shape):
    """What the body says of the last answer to its remark."""

    insists = fields.Boolean(required=True)
    why = fields.String(required=True)


class RemarkShape(Shape):
    """A remark with every answer; `line` is the contested line it became, in a sitting one may see."""

    number = fields.Integer(required=True)
    body = Matching(ID_PATTERN, required=True)
    round = fields.Integer(required=True)
    on = Day(required=True)
    place = fields.String(required=True)
    text = fields.String(required=True)
    answers = fields.List(fields.Nested(RemarkAnswerShape), required=True)
    stand = fields.Nested(RemarkStandShape, required=True, allow_none=True)
    settled = fields.Boolean(required=True)
    referred = fields.Boolean(required=True)
    line = Matching(ID_PATTERN, required=True, allow_none=True)


class DutyShape(Shape):
    """A duty or a term as it stands today: of whom, until when, and which rule sets its term."""

    what = Code([each.value for each in Due], required=True)
    body = Matching(ID_PATTERN, required=True, allow_none=True)
    by = fields.Nested(NamedShape, required=True)
    number = fields.Integer(required=True)
    round = fields.Integer(required=True)
    until = Day(required=True)
    state = Code([each.value for each in State], required=True)
    done = Day(required=True, allow_none=True)
    working_days = fields.Integer(required=True)


class RuleShape(Shape):
    """A rule of the procedure: its words, or its `number`; what sets it, and whether it is only proposed."""

    key = Code([*WORDED, *TIMED, *COUNTED], required=True)
    text = fields.Nested(NamedShape, required=True)
    number = fields.Integer(required=True)
    since = Day(required=True)
    by_act = fields.Boolean(required=True)
    proposed = fields.Boolean(required=True)
    source = fields.Nested(NamedShape, required=True)


class ProcedureShape(Shape):
    """The version of the procedure that the draft goes by."""

    version = fields.Integer(required=True)
    since = Day(required=True)
    rules = fields.List(fields.Nested(RuleShape), required=True)


class ActPartyShape(Shape):
    """A party that has to do with the draft."""

    id = Matching(ID_PATTERN, required=True)
    name = fields.Nested(NamedShape, required=True)


class ActCardShape(ActShape):
    """A draft act with its bundle, note, screening, course, remarks with answers, duties and terms."""

    source = fields.Nested(NamedShape, required=True)
    related = fields.List(fields.Nested(RelatedShape), required=True)
    amends = fields.List(fields.Nested(AmendedShape), required=True)
    as_entered = fields.Nested(EntryShape, required=True)
    awaits_screening = fields.Boolean(required=True)
    texts = fields.List(fields.Nested(TextShape), required=True)
    note = fields.Nested(GroundNoteShape, required=True)
    screening = fields.List(fields.Nested(QuestionShape), required=True)
    steps = fields.List(fields.Nested(ActStepShape), required=True)
    remarks_made = fields.List(fields.Nested(RemarkShape), required=True)
    duties = fields.List(fields.Nested(DutyShape), required=True)
    procedure = fields.Nested(ProcedureShape, required=True, allow_none=True)
    parties = fields.List(fields.Nested(ActPartyShape), required=True)


def act_written(row: ActRow) -> dict[str, Any]:
    """Write a draft as the list has it."""
    return _listed(row, row.draft())


def card_written(row: ActRow, page: ActPage) -> dict[str, Any]:
    """Write a draft with all that its page shows to the same reader."""
    draft, course = page.act.draft, page.act.course
    noted = course.last(h.Noted)
    return {
        **_listed(row, draft),
        "source": named(draft.source),
        **_acts(draft),
        "as_entered": _entry(page.act.entered, course.answers_for, row.initiator),
        "awaits_screening": row.awaits_screening,
        "texts": [_text(each) for each in page.texts],
        "note": _note(noted[2].note if noted else GroundNote()),
        "screening": _screening(course.screened.screening) if course.screened else [],
        "steps": [_step(step, each.what) for step, each in zip(page.steps, course.happenings, strict=True)],
        "remarks_made": [_remark(each) for each in page.remarks],
        "duties": [_duty(each) for each in page.terms],
        "procedure": _procedure(page.procedure),
        "parties": [{"id": key, "name": named(name)} for key, name in sorted(page.names.items())],
    }


def _listed(row: ActRow, draft: Draft) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "title": named(draft.title),
        "level": row.level,
        "initiator": named(draft.initiator),
        "party": row.initiator,
        "reference": draft.reference,
        "published": day(draft.published),
        "address": draft.address,
        "entered_on": day(row.entered_on),
        "year": row.year,
        "stage": row.stage,
        "mandatory": row.mandatory,
        "conclusion": row.conclusion or None,
        "bypassed_on": day(row.bypassed_on),
        "adopted_on": day(row.adopted_on),
        "due_on": day(row.due_on),
        "remarks": row.remarks,
        "unanswered": row.unanswered,
        "illustrative": row.illustrative,
    }


def _entry(entered: Draft, corrected: h.AnswersFor | None, party: str | None) -> dict[str, Any]:
    return {
        "title": named(entered.title),
        "level": entered.level.value,
        "initiator": named(entered.initiator),
        "party": (corrected.was or None) if corrected else party,
        "reference": entered.reference,
        "published": day(entered.published),
        **_acts(entered),
    }


def _acts(draft: Draft) -> dict[str, Any]:
    return {
        "related": [{"title": named(each.title), "present": each.present} for each in draft.related],
        "amends": [{"on": day(each.on), "number": each.number} for each in draft.amends],
    }


def _text(card: TextCard) -> dict[str, Any]:
    said = {name: value for name, value in vars(card).items() if name != "body"}
    names = {"whose": named(card.body), "companion": named(card.companion)}
    return {**said, **names, "on": day(card.on), "recorded": day(card.recorded)}


def _note(note: GroundNote) -> dict[str, Any]:
    return {**plain(note), "studied": note.studied}


def _screening(screening: Screening) -> list[dict[str, Any]]:
    return [
        {"touch": touch.value, "yes": answer.yes, "reason": answer.reason}
        for touch in Touch
        if (answer := screening.answers.get(touch))
    ]


def _step(step: Step, what: h.What) -> dict[str, Any]:
    # Which sitting a remark went to is for those who may see it: its line stands with the remark for them.
    said = {"remark": what.remark} if isinstance(what, h.Referred) else plain(what)
    return {
        "number": step.number,
        "kind": step.kind,
        "on": day(step.on),
        "recorded": day(step.recorded),
        "late_after": day(step.until),
        "by_keeper": step.by_keeper,
        "what": said,
    }


def _remark(told: Told) -> dict[str, Any]:
    remark, stand = told.remark, told.stand
    return {
        **{name: getattr(remark, name) for name in ("number", "body", "round", "place", "text")},
        "on": day(remark.on),
        "answers": [
            {
                "on": day(each.on),
                "verdict": each.answer.verdict.value,
                "reason": each.answer.reason,
                "changed": each.answer.changed,
            }
            for each in told.answers
        ],
        "stand": {"insists": stand.insists, "why": stand.why} if stand else None,
        "settled": told.settled,
        "referred": told.referred,
        "line": told.line,
    }


def _duty(term: Term) -> dict[str, Any]:
    duty = term.duty
    return {
        "what": duty.what.value,
        "body": duty.body or None,
        "by": named(term.by),
        "number": duty.number,
        "round": term.round,
        "until": day(duty.until),
        "state": duty.state.value,
        "done": day(duty.done),
        "working_days": term.rule.number,
    }


def _procedure(procedure: Procedure | None) -> dict[str, Any] | None:
    if procedure is None:
        return None
    rules = procedure.rules
    told = [_rule(key, rules[key]) for key in (*WORDED, *TIMED, *COUNTED) if key in rules]
    return {"version": procedure.version, "since": day(procedure.since), "rules": told}


def _rule(key: str, rule: Rule) -> dict[str, Any]:
    return {
        "key": key,
        "text": named(rule.text),
        "number": rule.number,
        "since": day(rule.since),
        "by_act": rule.by_act,
        "proposed": rule.proposed,
        "source": named(rule.source),
    }
