"""What every page shares: the reader's language, filters, security headers, error pages, forms."""

from flask import Flask

from budgetproto.web import (
    assets,
    compression,
    errors,
    filters,
    footer,
    forms,
    headers,
    language,
    readable,
    tables,
)
from budgetproto.web.compression import nothing_sealed
from budgetproto.web.errors import on_denial
from budgetproto.web.footer import add_footer_link
from budgetproto.web.forms import Form, Label, OnPaper, choice, form_page, in_years, longest, required, whole
from budgetproto.web.language import request_language
from budgetproto.web.notices import tell

__all__ = [
    "Form",
    "Label",
    "OnPaper",
    "add_footer_link",
    "choice",
    "form_page",
    "in_years",
    "init_app",
    "longest",
    "nothing_sealed",
    "on_denial",
    "request_language",
    "required",
    "tell",
    "whole",
]


def init_app(app: Flask) -> None:
    """Give `app` the look, the language and the manners every page has."""
    for part in (
        readable,
        assets,
        language,
        filters,
        tables,
        footer,
        forms,
        compression,
        headers,
        errors,
    ):
        part.init_app(app)
