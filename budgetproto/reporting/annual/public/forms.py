"""The form of the decision on whether a filed report is public."""

from budgetproto.coordination.public.forms import PublicationForm


class ReportPublicationForm(PublicationForm):
    """Whether everybody reads the report; it is public whole or not at all."""

    about = "annual.public"
    scopes = ("all", "nothing")
