"""What the session needs, and what is still to be done after it, each with the page on which it is done."""

from collections.abc import Sequence

from sqlmodel import Session

from budgetproto.disputes.options import service as options
from budgetproto.i18n import Sentence
from budgetproto.proceedings import storage
from budgetproto.proceedings.following import overview as following
from budgetproto.proceedings.overview import Ruling, roll, rulings
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, may
from budgetproto.sittings.page import Check, Where


def checks(session: Session, sitting: Sitting, place: Standing) -> tuple[Check, ...]:
    """Return what is there and what is missing in this stage."""
    if sitting.stage in {Stage.PREPARING, Stage.COLLECTING}:
        return _agenda(session, sitting, place)
    if sitting.stage is Stage.OPENED:
        option = _option(session, sitting, place)
        return (*option, *_agenda(session, sitting, place), _quorum(session, sitting, place, needed=False))
    if sitting.stage is Stage.IN_SESSION:
        every = rulings(session, sitting, place)
        return (
            *_agenda(session, sitting, place),
            _quorum(session, sitting, place, needed=True),
            _settled(sitting, place, every),
        )
    return _after(session, sitting, place)


def _agenda(session: Session, sitting: Sitting, place: Standing) -> tuple[Check, ...]:
    """Tell whoever keeps the agenda whether there is one."""
    if not may(place, Act.SET_AGENDA, sitting.stage):
        return ()
    items = len(storage.agenda(session, sitting.id))
    where = Where("proceedings.agenda", {"sitting_id": sitting.id})
    return (Check(Sentence("proceedings.check.agenda", (("items", items),)), items > 0, False, where),)


def _option(session: Session, sitting: Sitting, place: Standing) -> tuple[Check, ...]:
    published = options.latest(session, sitting.id) is not None
    publishes = may(place, Act.PUBLISH_OPTION, sitting.stage)
    where = Where("options.option", {"sitting_id": sitting.id}) if publishes else None
    return (Check(Sentence("proceedings.check.option"), published, False, where),)


def _quorum(session: Session, sitting: Sitting, place: Standing, *, needed: bool) -> Check:
    _, _, found = roll(session, place.person, sitting.id)
    told = Sentence("proceedings.check.quorum", (("present", found.present), ("quorum", found.quorum)))
    records = may(place, Act.RECORD, sitting.stage)
    where = Where("proceedings.roll", {"sitting_id": sitting.id}) if records else None
    return Check(told, found.reached, needed, where)


def _settled(sitting: Sitting, place: Standing, every: Sequence[Ruling]) -> Check:
    """Tell how many questions are decided, and lead to the first that is not."""
    left = [each.line for each in every if each.decision.outcome is None]
    told = Sentence("proceedings.check.settled", (("settled", len(every) - len(left)), ("lines", len(every))))
    records = may(place, Act.RECORD, sitting.stage)
    where = Where("decisions.decision", {"line_id": left[0].id}) if left and records else None
    return Check(told, not left, True, where)


def _after(session: Session, sitting: Sitting, place: Standing) -> tuple[Check, ...]:
    """Tell whether the protocol is issued, who sees to the questions, and what became of them."""
    protocol = Where("protocol.protocol", {"sitting_id": sitting.id})
    issued = sitting.stage is not Stage.DECIDED
    after = following.checks(session, sitting, place)
    return (Check(Sentence("proceedings.check.issued"), issued, True, protocol), *after)
