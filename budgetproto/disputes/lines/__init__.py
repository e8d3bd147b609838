"""Contested lines as they are entered, one or many at once, with their history and kin in other years."""
