"""The house stands as drawn: pure modules are pure, SQL lies in storage, money meets no float."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

import budgetproto

PACKAGE = Path(budgetproto.__file__).parent
FILES = sorted(file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py"))

#: The values a protocol is made of and the sums in them.
_COMPOSITION = {
    "snapshot", "fixed_terms", "group_limits", "need_caps", "trial_votes", "correction",
    "composition", "composed", "totals", "differences", "option_parts", "open_places", "once",
    "participation", "grouping", "effects", "gains", "by_territory", "answers",
}  # fmt: skip
_OF_DISPUTES = {
    *("lines/history", "lines/needs", "lines/plain", "parameters/prices", "terms/groups"),
    *(f"figures/{part}" for part in ("doubts", "jumps", "stands", "wording")),
    *(f"positions/{part}" for part in ("bounds", "document")),
    *(f"positions/attachments/{part}" for part in ("file_kinds", "values")),
    *(f"options/{part}" for part in ("caps", "document", "groups", "prices", "priorities", "voted")),
    *(
        f"options/explanation/{part}"
        for part in ("sections", "computing", "stored", "meaning", "change", "telling", "picture")
    ),
    *(f"responses/{part}" for part in ("domain", "document", "rounds")),
}
_OF_ANALYSIS = {"pivot"}
_OF_COORDINATION = {
    *(
        "happenings",
        "course",
        "completing",
        "telling",
        "deadlines",
        "refusals",
        "rules",
        "clock",
        "procedure_values",
        "statistics",
        "summary",
    ),
    *("undone", "offered", "terms", "applying"),
}
_OF_ANNUAL = {"domain", "balance", "content", "report", "record", "steps", "document"}
PURE = [
    name
    for name in FILES
    if name
    in {
        *("sittings/groups.py", "sittings/pinned.py", "sittings/numbering.py", "sittings/workdays.py"),
        *("sittings/kinds.py", "accounts/bodies/domain.py"),
        "money/som.py",
        *("i18n/languages.py", "i18n/letters.py", "i18n/number_words.py"),
        "transfers/over_time.py",
        "transfers/constituencies.py",
        *(f"analysis/consequences/{part}.py" for part in ("division", "effects", "parts")),
    }
    or name in {f"coordination/{part}.py" for part in _OF_COORDINATION}
    or name in {f"disputes/{part}.py" for part in _OF_DISPUTES}
    or name in {f"proceedings/{part}/domain.py" for part in ("participation", "following")}
    or name in {"reporting/places/domain.py", "coordination/public/domain.py"}
    or name in {f"coordination/expertise/{part}.py" for part in ("domain", "document", "refusals")}
    or name in {f"coordination/paper/{part}.py" for part in ("domain", "document")}
    or name == "journal/plain.py"
    or name in {f"coordination/texts/{part}.py" for part in ("domain", "refusals")}
    or name in {f"reporting/annual/{part}.py" for part in _OF_ANNUAL}
    or name.startswith(("balancing/", "transfers/models/"))
    or (name.endswith(("/domain.py", "/document.py")) and name.count("/") == 1)
    or name in {f"protocol/{part}.py" for part in _COMPOSITION}
    or name in {f"analysis/{part}.py" for part in _OF_ANALYSIS}
    or name in {f"protocol/delivery/{part}.py" for part in ("comparison", "public", "steps")}
    or name in {f"protocol/box/{part}.py" for part in ("archive", "manifest")}
]
#: What a pure module may import of our own besides other pure modules.
_PURE_TOO = {"errors.py", "money/__init__.py", "journal/domain.py", "accounts/__init__.py"}
_IMPURE_LIBRARIES = {
    *("flask", "flask_wtf", "werkzeug", "jinja2", "wtforms", "click", "marshmallow", "babel", "pandas"),
    *("sqlmodel", "sqlalchemy", "alembic", "psycopg", "reportlab", "openpyxl", "xlsxwriter"),
    *("argon2", "cryptography"),
}
_IMPURE_STANDARD = {
    *("os", "time", "sqlite3", "socket", "subprocess", "threading", "random", "secrets", "urllib", "http"),
}
_CLOCK_AND_ENVIRONMENT = frozenset({"now", "utcnow", "today", "environ", "getenv", "time_ns"})

#: Tables and queries; the column type of an amount is the only other place that knows SQLAlchemy.
HAS_SQL = {
    name
    for name in FILES
    if name.endswith(("/storage.py", "_storage.py", "/rows.py"))
    or name.split("/")[0] in {"journal", "database"}
    or name == "money/column.py"
}

#: Where amounts are made, added, compared, stored, sealed, printed and read. The mathematics may guess with
#: floats, since it proves what it found in whole numbers (tests/balancing).
MONEY_PATHS = [
    name
    for name in FILES
    if name.split("/")[0]
    in {"money", "disputes", "sittings", "proceedings", "transfers", "analysis", "reporting", "demonstration"}
    or name in {f"protocol/{part}.py" for part in _COMPOSITION | {"document", "gathering", "gathered_lines"}}
    or name in {"i18n/formatting.py", "protocol/delivery/comparison.py"}
]
#: These measure paper in floats: every amount on a picture is written as words before.
MONEY_PATHS.remove("analysis/charts/drawing.py")
MONEY_PATHS.remove("reporting/annual/drawing/bars.py")


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((PACKAGE / name).read_text(), name)


def imported(name: str) -> Iterator[tuple[str, str]]:
    """Yield every module a file imports, inside functions too, with the names taken from it."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} imports relatively"
            yield from ((node.module or "", alias.name) for alias in node.names)


def file_of(module: str, taken: str) -> str:
    """Return the file of ours that an import means."""
    for dotted in (f"{module}.{taken}", module):
        place = "/".join(dotted.split(".")[1:])
        for candidate in (f"{place}.py", f"{place}/__init__.py".lstrip("/")):
            if candidate in FILES:
                return candidate
    raise LookupError(f"{module} {taken}")


def calls_and_names(name: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.Name):
            yield node.id, node.lineno


def test_there_are_pure_modules_in_every_room_that_decides() -> None:
    rooms = {name.split("/")[0] for name in PURE}
    assert {"money", "balancing", "accounts", "sittings", "disputes", "proceedings", "protocol"} <= rooms
    assert len(PURE) > 20


def offenders(names: Iterable[str], wrong: Callable[[str], object]) -> dict[str, object]:
    """Ask `wrong` of every file; return what it finds, by file."""
    return {name: found for name in names if (found := wrong(name))}


def touches_the_world(name: str) -> set[str]:
    return {module.split(".")[0] for module, _ in imported(name)} & (_IMPURE_LIBRARIES | _IMPURE_STANDARD)


def impure_of_ours(name: str) -> set[str]:
    ours = {file_of(module, taken) for module, taken in imported(name) if module.startswith("budgetproto")}
    return ours - _PURE_TOO - set(PURE)


def reads_clock_or_environment(name: str) -> list[tuple[str, int]]:
    found = [(word, line) for word, line in calls_and_names(name) if word in _CLOCK_AND_ENVIRONMENT]
    return found + [
        ("open", node.lineno)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]


def from_other_rooms(name: str) -> set[str]:
    ours = {module for module, _ in imported(name) if module.startswith("budgetproto")}
    return {module for module in ours if not module.startswith("budgetproto.balancing")}


def of_ours(name: str) -> set[str]:
    return {module for module, _ in imported(name) if module.startswith("budgetproto")}


def commits(name: str) -> list[int]:
    return [line for word, line in calls_and_names(name) if word in {"commit", "rollback"}]


def knows_sql(name: str) -> list[tuple[str, object]]:
    taken = {
        (module, word)
        for module, word in imported(name)
        if module.split(".")[0] in {"sqlmodel", "sqlalchemy"}
    }
    used = [(word, line) for word, line in calls_and_names(name) if word in {"exec_driver_sql", "exec"}]
    return [*sorted(taken - {("sqlmodel", "Session")}), *used]


def has_floats(name: str) -> list[int]:
    literals = [
        node.lineno
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    return literals + [
        line for word, line in calls_and_names(name) if word in {"float", "float64", "float32"}
    ]


def is_long(name: str) -> bool:
    return len((PACKAGE / name).read_text().splitlines()) > 400


def says_nothing(name: str) -> bool:
    return not ast.get_docstring(tree(name))


def test_a_pure_module_imports_no_library_that_touches_the_world() -> None:
    assert offenders(PURE, touches_the_world) == {}


def test_a_pure_module_imports_only_pure_modules_of_ours() -> None:
    assert offenders(PURE, impure_of_ours) == {}


def test_a_pure_module_knows_neither_clock_nor_environment() -> None:
    assert offenders(PURE, reads_clock_or_environment) == {}


def test_the_mathematics_imports_no_other_room() -> None:
    assert offenders([name for name in PURE if name.startswith("balancing/")], from_other_rooms) == {}


def test_the_amount_type_imports_the_standard_library_alone() -> None:
    assert offenders(["money/som.py"], of_ours) == {}


def test_nothing_commits_but_the_transaction() -> None:
    assert offenders([name for name in FILES if name != "database/engine.py"], commits) == {}


def test_sql_lies_in_storage() -> None:
    assert offenders([name for name in FILES if name not in HAS_SQL], knows_sql) == {}


def test_no_float_carries_money() -> None:
    assert offenders(MONEY_PATHS, has_floats) == {}


def test_a_module_stays_short() -> None:
    shorter = [name for name in FILES if not name.startswith(("web/", "protocol/drawing"))]
    assert offenders(shorter, is_long) == {}


def test_a_module_opens_with_one_sentence() -> None:
    assert offenders(FILES, says_nothing) == {}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (touches_the_world, "def f():\n    import pandas"),
        (touches_the_world, "from os import path"),
        (impure_of_ours, "from budgetproto.disputes import service"),
        (reads_clock_or_environment, "def f(clock):\n    return clock.now()"),
        (reads_clock_or_environment, "text = open('x').read()"),
        (from_other_rooms, "from budgetproto.money import Som"),
        (of_ours, "from budgetproto.errors import ConciliationError"),
        (commits, "def f(session):\n    session.commit()"),
        (knows_sql, "from sqlmodel import Session, select"),
        (knows_sql, "def f(session, query):\n    session.exec(query)"),
        (has_floats, "rate = 0.5"),
        (has_floats, "def f(x):\n    return float(x)"),
        (is_long, "\n" * 401),
        (says_nothing, "x = 1"),
    ],
)
def test_each_search_names_the_file_that_offends(
    wrong: Callable[[str], object], code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "offending.py").write_text(code)
    (tmp_path / "plain.py").write_text('"""Says what it is."""\n\nimport math\n')
    monkeypatch.setattr("tests.test_architecture.PACKAGE", tmp_path)
    monkeypatch.setattr("tests.test_architecture.tree", tree.__wrapped__)
    assert set(offenders(["offending.py", "plain.py"], wrong)) == {"offending.py"}
