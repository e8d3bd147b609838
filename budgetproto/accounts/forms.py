"""The log-in form."""

from wtforms import PasswordField, StringField

from budgetproto.web import Form, longest, required


class LogInForm(Form):
    """Name and password."""

    login = StringField("accounts.login", validators=[required(), longest(200)])
    password = PasswordField("accounts.password", validators=[required(), longest(1000)])
