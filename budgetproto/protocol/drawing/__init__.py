"""The printed protocol: one composed value and one language give the bytes of one PDF."""

from budgetproto.protocol.drawing.document import draw

__all__ = ["draw"]
