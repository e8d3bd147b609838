"""Fixtures of the attempts."""

from tests.access.house import house, production

__all__ = ["house", "production"]
