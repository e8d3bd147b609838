"""One sentence for the next page: what the act just done has brought about."""

from flask import flash

from budgetproto.i18n import text
from budgetproto.web.language import request_language


def tell(key: str, /, **values: object) -> None:
    """Show the sentence of `key` on top of the next page the reader sees."""
    flash(text(key, request_language(), **values), "success")
