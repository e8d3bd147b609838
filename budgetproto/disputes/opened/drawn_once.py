"""A part of a page about an opened sitting, drawn once for all readers of a language until the next act."""

from collections.abc import Hashable

from flask import current_app
from markupsafe import Markup
from sqlmodel import Session

from budgetproto.disputes.opened.values import OpenValues
from budgetproto.sittings.domain import Sitting
from budgetproto.web import request_language


class DrawnOnce:
    """A template of which the `most` pages asked for last are kept.

    Whoever asks has been let in already. The part holds nothing of its reader: no name, no token of a form.
    """

    def __init__(self, template: str, most: int) -> None:
        self._template = template
        self._kept = OpenValues[Markup](most)

    def anew(self, **values: object) -> Markup:
        """Draw the part and keep nothing."""
        template = current_app.jinja_env.get_template(self._template)
        return Markup(template.render(values, language=request_language()))  # noqa: S704  # a template escapes what it is given

    def drawn(self, session: Session, sitting: Sitting, what: Hashable, **values: object) -> Markup:
        """Return the part as it is kept, else draw it; `what` and the sitting's state decide the values."""
        asked = (what, request_language())
        return self._kept.get(session, sitting, asked, lambda: self.anew(sitting=sitting, **values))
