"""Territories, indicators, kinds of transfers and transfers: the reference data of every sitting."""
