"""What the page of one step needs: its form with the choices that are open now, and the rules that apply."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import happenings as h
from budgetproto.coordination import service
from budgetproto.coordination.completing_forms import ANOTHER, ArrivedForm, CorrectedForm
from budgetproto.coordination.draft_form import answering
from budgetproto.coordination.initiating import settled
from budgetproto.coordination.offered import Offer
from budgetproto.coordination.procedure_values import Rule
from budgetproto.coordination.service import Act
from budgetproto.coordination.showing import parties_of, procedure_of
from budgetproto.coordination.step_form import StepForm, TargetForm
from budgetproto.coordination.step_forms import MetForm, ReferredForm, StoodForm, step_form
from budgetproto.coordination.texts.domain import kinds_for, texts
from budgetproto.coordination.texts.form import INITIATOR, AttachedForm, numbered_name
from budgetproto.database import now
from budgetproto.disputes import storage as lines
from budgetproto.errors import Refused
from budgetproto.i18n import LANGUAGES, Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import Act as SittingAct
from budgetproto.sittings.domain import Sitting
from budgetproto.web import choice

#: The rules that are printed beside the form of a step.
_RULES: Final[Mapping[type[Any], tuple[str, ...]]] = {
    h.Screened: ("definition",),
    h.Served: ("notice_days",),
    h.Opined: ("opinion_days", "second_opinion_days"),
    h.Answered: ("answer_days",),
    h.Stood: ("stand_days",),
    h.RoundBegun: ("rounds",),
    h.Met: ("meeting_days",),
    h.Appealed: ("appeal_to", "appeal_days"),
    h.Ruled: ("ruling_days",),
    h.Bypassed: ("consequences", "breach"),
}


class NothingOpen(Refused):
    """There is nobody for whom, and nothing about which, this step could be recorded now."""

    message_key = "coordination.nothing_open"


@dataclass(frozen=True)
class Recording:
    """The form of one step of a draft; `remarks` are those it is about, with the names of the bodies."""

    act: Act
    kind: type[Any]
    form: StepForm
    rules: tuple[tuple[str, Rule], ...]
    names: Mapping[str, Named]
    offers: tuple[Offer, ...]

    @property
    def step(self) -> str:
        """The name under which the step is kept."""
        return self.kind.__name__.lower()

    @property
    def seen(self) -> int:
        """How many steps there are now."""
        return len(self.act.course.happenings)


def recording(session: Session, person_id: str, act_id: str, kind: type[Any], target: str) -> Recording:
    """Return the form of a step to whoever may record it.

    `target` is chosen beforehand. Raises Unknown, NotPermitted, and NothingOpen where a step for somebody,
    or about something, has neither.
    """
    act = service.act_of(session, person_id, act_id)
    standing = service.check_may_record(session, person_id, act, kind)
    offers = tuple(each for each in service.offered(session, person_id, act) if each.kind is kind)
    names = accounts.party_names(session, parties_of(act))
    form = step_form(kind, course=act.course, draft=act.draft, party=act.initiator or "", target=target)
    if not standing.keeper:
        del form.on
    _offer(form, act, offers, names)
    if isinstance(form, CorrectedForm):
        form.answers_for.choices = answering(session)
        if settled(session, act.id, act.course):
            form.settle()
    procedure = procedure_of(session, act, bishkek_day(now(session)))
    rules = procedure.rules if procedure else {}
    printed = tuple((key, rules[key]) for key in _RULES.get(kind, ()) if key in rules)
    return Recording(act, kind, form, printed, names, offers)


def sittings_offered(session: Session, person_id: str, form: ReferredForm) -> None:
    """Offer the sittings that a reader sees and that are not over, and find their questions by number."""
    seen = [each for each in sitting_storage.sittings(session) if _seen(session, person_id, each)]
    form.sitting.choices = [choice("", "web.choose"), *(choice(each.id, _titled(each)) for each in seen)]
    form.find = partial(_line, session)


def _offer(form: StepForm, act: Act, offers: tuple[Offer, ...], names: Mapping[str, Named]) -> None:
    if isinstance(form, ArrivedForm):
        missing = [(number, each) for number, each in enumerate(act.draft.related, 1) if not each.present]
        choices = [choice(str(number), numbered_name(number, each.title)) for number, each in missing]
        form.target.choices = [*choices, choice(ANOTHER, "coordination.form.another_companion")]
    elif isinstance(form, AttachedForm):
        _offer_texts(form, act, [each.body for each in offers], names)
    elif isinstance(form, TargetForm):
        _offer_targets(
            form, [choice(str(each.number or each.body), _label(each, names)) for each in offers], names
        )
    if isinstance(form, StoodForm):
        form.bodies = {each.number: each.body for each in act.course.remarks}
    if isinstance(form, MetForm):
        open_ = [each for each in act.course.unsettled if each.number in act.course.answers]
        form.settled.choices = [choice(str(each.number), _remark(each.number, each.text)) for each in open_]


def _offer_targets(form: TargetForm, choices: list[Any], names: Mapping[str, Named]) -> None:
    if not choices and not form.is_submitted():
        raise NothingOpen
    if not choices:
        # Somebody else was first: what was typed is shown again, and the rules say why it comes too late.
        choices = [choice(form.target.data or "", _chosen(form.target.data or "", names))]
    form.target.choices = choices if len(choices) == 1 else [choice("", "web.choose"), *choices]


def _offer_texts(form: AttachedForm, act: Act, bodies: list[str], names: Mapping[str, Named]) -> None:
    initiator = names.get(act.initiator or "") or act.draft.initiator
    sides = [choice(each or INITIATOR, names[each] if each else initiator) for each in bodies]
    _offer_targets(form, sides, names)
    own = [each for each in texts(act.course) if each.stands and each.said.body in bodies]
    form.offer(kinds_for(bodies, act.course, act.draft), act.draft.related, own)


def _label(offer: Offer, names: Mapping[str, Named]) -> Named:
    name = names.get(offer.body, Named())
    if not offer.number:
        return name
    return numbered_name(offer.number, name)


def _chosen(target: str, names: Mapping[str, Named]) -> Named:
    return names.get(target) or Named(*(f"№ {target}" for _ in LANGUAGES))


def _remark(number: int, words: str) -> Named:
    return Named(*(f"№ {number}. {words}" for _ in LANGUAGES))


def _seen(session: Session, person_id: str, sitting: Sitting) -> bool:
    return SittingAct.SEE in sittings.standing(session, person_id, sitting.id).acts


def _titled(sitting: Sitting) -> Named:
    return Named(*(f"№ {sitting.number}. {sitting.title.text(code)}" for code in LANGUAGES))


def _line(session: Session, sitting: str, number: int) -> str | None:
    found = lines.lines(session, sitting)
    return next((each.id for each in found if each.number == number), None)
