"""Money: whole tyiyn, their units, reading and refusing what people type."""

from budgetproto.money.som import Amount, Som, Unit, UnreadableNumber, parse_percentage

__all__ = ["Amount", "Som", "Unit", "UnreadableNumber", "parse_percentage"]
