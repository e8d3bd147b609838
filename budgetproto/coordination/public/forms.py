"""The form of the decision on what is public of a draft; that on other published things is made from it."""

from datetime import date
from typing import ClassVar

from wtforms import DateField, RadioField, TextAreaField

from budgetproto.coordination.public.domain import SCOPES, Scope
from budgetproto.coordination.public.service import PublicationInThePast, PublicationUnexplained
from budgetproto.errors import BadInput, Problem
from budgetproto.sittings.fields import passage
from budgetproto.web import Form, choice, in_years, required


def since_when() -> DateField:
    """Return the field of the day from which a decision on publication holds."""
    return DateField("coordination.public.since", [required(), in_years()])


def because() -> TextAreaField:
    """Return the field of the reason of a decision on publication."""
    return passage("delivery.reason", needed=True, most=1000, description="delivery.publication.reason.hint")


class PublicationForm(Form):
    """How much of something everybody reads, from when on, and why; what can be chosen is up to its kind."""

    places: ClassVar = {
        PublicationUnexplained: "reason",
        PublicationInThePast: "since",
    }
    scope: RadioField
    since: DateField
    reason: TextAreaField

    def decision(self) -> tuple[Scope, date, str]:
        """Return what was decided, once the form is valid."""
        since = self.since.data
        if since is None:
            raise BadInput(Problem("web.required", form_field="since"))
        return self.scope.data, since, self.reason.data or ""


class ActPublicationForm(PublicationForm):
    """How much of a draft everybody reads."""

    scope = RadioField(
        "delivery.publication.scope",
        [required()],
        choices=[choice(each, f"coordination.public.scope.{each}") for each in SCOPES],
        description="coordination.public.scope.hint",
    )
    since = since_when()
    reason = because()
