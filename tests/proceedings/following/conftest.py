"""The demonstration, staged once and copied for each test."""

from tests.staged import master, staged

__all__ = ["master", "staged"]
