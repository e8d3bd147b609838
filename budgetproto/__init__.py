"""The conciliation sitting on interbudgetary relations: positions, differences, balanced option, special protocol."""

__version__ = "0.1.0"
