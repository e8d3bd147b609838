"""PURE: contents and reports as canonical JSON and back; the hash of a report means every word and figure."""

import json
from dataclasses import replace
from typing import Final

from budgetproto.journal.domain import canonical_json
from budgetproto.journal.plain import plain, read
from budgetproto.reporting.annual.content import Content
from budgetproto.reporting.annual.report import NO_GRID, Grid, Place, Report
from budgetproto.reporting.annual.steps import Step

_CELLS: Final = "cells"


def written(value: Content | Step) -> str:
    """Write a value as the one JSON text it has."""
    return canonical_json(plain(value))


def written_report(report: Report) -> str:
    """Write a report as the one JSON text it has; its many cells are written as they are."""
    values = plain(replace(report, grid=NO_GRID))
    values["grid"] = {**plain(replace(report.grid, cells=())), _CELLS: report.grid.cells}
    return canonical_json(values)


def read_content(document: str) -> Content:
    """Read what people wrote back."""
    found: Content = read(Content, json.loads(document))
    return found


def read_step(document: str) -> Step:
    """Read a step back."""
    found: Step = read(Step, json.loads(document))
    return found


def read_report(document: str) -> Report:
    """Read a report back; its many cells are read at once, not one by one."""
    values = json.loads(document)
    grid = values.pop("grid")
    places = tuple(read(Place, each) for each in grid["places"])
    values["grid"] = plain(NO_GRID)
    found: Report = read(Report, values)
    cells = tuple(map(tuple, grid[_CELLS]))
    return replace(found, grid=Grid(places, tuple(grid["sources"]), cells))
