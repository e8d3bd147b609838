"""What every page shares: the reader's language, filters, security headers, error pages, forms."""

from flask import Flask

from budgetproto.web import assets, errors, filters, forms, headers, language, readable
from budgetproto.web.errors import on_denial
from budgetproto.web.forms import Form, choice, form_page, in_years, longest, required, whole
from budgetproto.web.language import request_language
from budgetproto.web.notices import tell

__all__ = [
    "Form",
    "choice",
    "form_page",
    "in_years",
    "init_app",
    "longest",
    "on_denial",
    "request_language",
    "required",
    "tell",
    "whole",
]


def init_app(app: Flask) -> None:
    """Give `app` the look, the language and the manners every page has."""
    for part in (readable, assets, language, filters, forms, headers, errors):
        part.init_app(app)
