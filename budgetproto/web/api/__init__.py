"""What every resource for programs shares: shapes, problems, pages of lists, conditions, its description."""

from budgetproto.web.api.answering import answer, kept
from budgetproto.web.api.cursors import Page, page_of
from budgetproto.web.api.house import add_place, register
from budgetproto.web.api.resources import Resources
from budgetproto.web.api.shapes import Asked, Shape

__all__ = ["Asked", "Page", "Resources", "Shape", "add_place", "answer", "kept", "page_of", "register"]
