"""Contested lines: positions sealed until they open together, their differences and the balanced option."""
