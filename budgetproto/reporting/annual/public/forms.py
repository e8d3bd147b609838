"""The form of the decision on whether a filed report is public."""

from typing import Final

from wtforms import RadioField

from budgetproto.coordination.public.domain import Scope
from budgetproto.coordination.public.forms import PublicationForm, because, since_when
from budgetproto.web import choice, required

#: A report is public whole or not at all.
_SCOPES: Final[tuple[Scope, ...]] = ("all", "nothing")


class ReportPublicationForm(PublicationForm):
    """Whether everybody reads the report."""

    scope = RadioField(
        "delivery.publication.scope",
        [required()],
        choices=[choice(each, f"annual.public.scope.{each}") for each in _SCOPES],
        description="annual.public.scope.hint",
    )
    since = since_when()
    reason = because()
