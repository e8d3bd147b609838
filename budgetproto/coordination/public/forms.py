"""The form of the decision on what is public of a draft; that on other published things is made from it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from wtforms import DateField, RadioField

from budgetproto.coordination.public.domain import SCOPES, Scope
from budgetproto.coordination.public.service import PublicationInThePast, PublicationUnexplained
from budgetproto.errors import BadInput, ConciliationError, Problem
from budgetproto.sittings.fields import passage
from budgetproto.web import Form, choice, in_years, required


class PublicationForm(Form):
    """How much of a thing everybody reads, from when on, and why; `about` leads the keys of its words."""

    about: ClassVar[str]
    scopes: ClassVar[tuple[Scope, ...]]
    places: ClassVar[Mapping[type[ConciliationError], str]] = {
        PublicationUnexplained: "reason",
        PublicationInThePast: "since",
    }

    scope = RadioField("delivery.publication.scope", [required()])
    since = DateField("coordination.public.since", [required(), in_years()])
    reason = passage(
        "delivery.reason", needed=True, most=1000, description="delivery.publication.reason.hint"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope.choices = [choice(each, f"{self.about}.scope.{each}") for each in self.scopes]
        self.scope.description = f"{self.about}.scope.hint"

    def decision(self) -> tuple[Scope, date, str]:
        """Return what was decided, once the form is valid."""
        since = self.since.data
        if since is None:
            raise BadInput(Problem("web.required", form_field="since"))
        return self.scope.data, since, self.reason.data or ""

    def take(self, error: ConciliationError) -> None:
        """Put a refusal beside the field it is about."""
        if not isinstance(error, BadInput):
            error = BadInput(Problem(error.key, error.details, form_field=self.places.get(type(error))))
        super().take(error)


class ActPublicationForm(PublicationForm):
    """How much of a draft everybody reads."""

    about = "coordination.public"
    scopes = SCOPES
