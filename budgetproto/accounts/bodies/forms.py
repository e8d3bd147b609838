"""The forms of who acts for a body: its first person with the document, a colleague, why somebody goes."""

from typing import ClassVar

from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField

from budgetproto.accounts.bodies.domain import NobodyCalled, NoPasswordYet, NotFree, StandsAlready
from budgetproto.web import Form, longest, required


class ColleagueForm(Form):
    """Who is admitted, by name and log-in name."""

    name = StringField("accounts.name", [required(), longest(200)], description="accounts.bodies.name.hint")
    login = StringField(
        "accounts.login", [required(), longest(200)], description="accounts.bodies.login.hint"
    )


class FirstForm(Form):
    """The first person of a body, the document that says so, and its scan, of which the hash is kept.

    Managers, who alone fill it in, know everybody: they are told what is wrong with the person.
    """

    places: ClassVar = dict.fromkeys((NobodyCalled, NoPasswordYet, NotFree, StandsAlready), "login")

    login = StringField(
        "accounts.login", [required(), longest(200)], description="accounts.bodies.login.hint"
    )
    document = StringField(
        "accounts.bodies.document",
        [required(), longest(500)],
        description="accounts.bodies.document.hint",
    )
    scan = FileField("accounts.bodies.scan", [required()], description="accounts.bodies.scan.hint")


class GoForm(Form):
    """Why somebody acts for the body no more."""

    why = TextAreaField(
        "accounts.reason", [required(), longest(1000)], description="accounts.bodies.why.hint"
    )
