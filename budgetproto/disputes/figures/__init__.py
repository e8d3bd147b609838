"""Figures and texts of the sides: typed, sent and read, compared, and doubted where a slip is likely."""
