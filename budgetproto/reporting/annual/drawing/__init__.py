"""Prints an annual report as the protocol is printed: for archives, for screen readers, whole."""

from budgetproto.reporting.annual.drawing.document import draw

__all__ = ["draw"]
