"""Positions of the parties: drafted, approved, sealed, filed with a receipt, and opened together."""
