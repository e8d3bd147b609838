"""The form in which a person says what a token is for."""

from wtforms import IntegerField, SelectMultipleField, StringField

from budgetproto.accounts.scopes import Scope
from budgetproto.web import Form, OnPaper, choice, longest, required


class TokenForm(Form):
    """What a token is called, what it may be used for, and for how long."""

    name = StringField(
        "accounts.token.name", [required(), longest(100), OnPaper()], description="accounts.token.name.hint"
    )
    scopes = SelectMultipleField(
        "accounts.token.scopes",
        [required()],
        choices=[choice(scope.value, f"accounts.scope.{scope.value}") for scope in Scope],
        description="accounts.token.scopes.hint",
    )
    days = IntegerField("accounts.token.days", [required()], description="accounts.token.days.hint")

    def chosen(self) -> frozenset[Scope]:
        """Return what was ticked."""
        return frozenset(map(Scope, self.scopes.data or ()))
