"""What the page of the terms shows beside its form: what stands now, and who has seen it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.disputes.terms import proposing
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings import settling, terms_storage
from budgetproto.sittings.domain import Sitting, Terms, TermsVersion
from budgetproto.sittings.procedure import procedure


@dataclass(frozen=True)
class TermsView:
    """The newest terms and who acknowledged them; `draft`: those of the sitting this one was made from."""

    latest: TermsVersion | None
    draft: Terms | None
    seen: tuple[tuple[Party, datetime | None], ...]
    step: Som
    #: The territories and kinds whose lines may get a limit together, by its key.
    groups: Mapping[str, Named] = field(default_factory=dict)

    @property
    def begins(self) -> Terms | None:
        """What the form is filled with at first."""
        return self.latest.terms if self.latest else self.draft


def terms_view(session: Session, sitting: Sitting) -> TermsView:
    """Return it to the secretary of a sitting, whom the caller has admitted."""
    latest = settling.latest_terms(session, sitting.id)
    found = terms_storage.acknowledgements(session, sitting.id, latest.version) if latest else []
    at = {each.party: each.at for each in found}
    return TermsView(
        latest=latest,
        draft=None if latest else proposing.terms_of_source(session, sitting),
        seen=tuple((party, at.get(party.id)) for party in sittings.invited_parties(session, sitting.id)),
        step=procedure(session).rounding_step,
        groups=proposing.group_choices(session, sitting.id),
    )
