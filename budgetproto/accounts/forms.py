"""The forms of accounts: log in, codes, passwords, links, people."""

import re
from typing import Final

from wtforms import Field, PasswordField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from budgetproto.accounts.domain import Role
from budgetproto.accounts.password_rules import LONGEST_PASSWORD
from budgetproto.i18n import LANGUAGES, Language, as_language
from budgetproto.web import Form, OnPaper, choice, longest, required

_LOG_IN_NAME: Final = re.compile(r"[\w.\-]{2,60}")
_LANGUAGES: Final = [choice(code, f"web.language.{code}") for code in LANGUAGES]


class LogInName:
    """Refuse a log-in name that is hard to type or to tell over the telephone."""

    def __call__(self, _form: object, field: Field) -> None:
        """Raise ValidationError unless it is of letters, digits, points, dashes and underscores."""
        if not _LOG_IN_NAME.fullmatch((field.data or "").strip()):
            raise ValidationError("accounts.login_letters")


class LogInForm(Form):
    """Name and password."""

    login = StringField("accounts.login", validators=[required(), longest(200)])
    password = PasswordField("accounts.password", validators=[required(), longest(LONGEST_PASSWORD)])


class CodeForm(Form):
    """A code of the app, or a printed one."""

    code = StringField("accounts.code", [required(), longest(40)], description="accounts.code.hint")


class FirstCodeForm(Form):
    """The first code of an app."""

    code = StringField("accounts.code", [required(), longest(40)], description="accounts.first_code.hint")


class ConfirmForm(Form):
    """A code or the password, whichever the account asks for."""

    typed = PasswordField("accounts.password", [required(), longest(LONGEST_PASSWORD)])


class LinkForm(Form):
    """The code of a link."""

    link = StringField(
        "accounts.link_code", [required(), longest(200)], description="accounts.link_code.hint"
    )


class NewPasswordForm(Form):
    """A password that its owner chooses."""

    password = PasswordField("accounts.new_password", [required(), longest(LONGEST_PASSWORD)])


class ChangePasswordForm(Form):
    """The present password and the new one."""

    current = PasswordField("accounts.current_password", [required(), longest(LONGEST_PASSWORD)])
    password = PasswordField("accounts.new_password", [required(), longest(LONGEST_PASSWORD)])


class LanguageForm(Form):
    """The language of one's account."""

    language = SelectField("accounts.language", [required()], choices=_LANGUAGES)

    def chosen(self) -> Language:
        """Return the language."""
        return as_language(self.language.data)


class RolesForm(Form):
    """The roles of a person."""

    roles = SelectMultipleField("accounts.roles", description="accounts.roles.hint")

    def offer(self, roles: frozenset[Role]) -> None:
        """Let the reader choose among roles, in their order."""
        self.roles.choices = [
            choice(role.value, f"accounts.role.{role.value}") for role in Role if role in roles
        ]

    def chosen(self) -> frozenset[Role]:
        """Return the roles."""
        return frozenset(map(Role, self.roles.data or ()))


class InviteForm(RolesForm):
    """A person to invite."""

    name = StringField(
        "accounts.name", [required(), longest(200), OnPaper()], description="accounts.name.hint"
    )
    login = StringField("accounts.login", [required(), LogInName()], description="accounts.login.hint")
    language = SelectField("accounts.language", [required()], choices=_LANGUAGES)


class AskForm(Form):
    """Why a second person should agree."""

    reason = TextAreaField("accounts.reason", [required(), longest(1000)], description="accounts.reason.hint")
