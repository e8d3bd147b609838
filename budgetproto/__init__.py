"""The conciliation sitting on interbudgetary relations, from sealed positions to the special protocol."""

__version__ = "0.3.0"
