"""The command line as an administrator uses it, on an installation of its own."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from budgetproto.accounts import service as accounts
from budgetproto.commands import main
from budgetproto.database import Database
from budgetproto.errors import SetUp
from budgetproto.settings import Settings
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.storage import sittings

PASSWORD = "a-password-for-all"


@pytest.fixture
def installation(empty_installation: Path) -> Path:
    """Let every command begin with nothing."""
    return empty_installation


@pytest.fixture
def empty_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the commands a folder of their own."""
    for name in ("DATABASE_URL", "SEAL_KEY_FILE", "SECRET_KEY", "PRODUCTION", "DEMO_PASSWORD"):
        monkeypatch.delenv(f"BUDGETPROTO_{name}", raising=False)
    monkeypatch.setenv("BUDGETPROTO_FOLDER", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """Run the demonstration once; return what it printed and the folder it wrote to."""
    out = tmp_path_factory.mktemp("demo") / "out"
    return call("demo", "--out", str(out)), out


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """Prepare an installation once; return what was printed and its folder."""
    folder = tmp_path_factory.mktemp("run")
    asked = {"BUDGETPROTO_FOLDER": str(folder), "BUDGETPROTO_DEMO_PASSWORD": PASSWORD}
    return call("run", "--no-serve", **asked), folder


@pytest.fixture
def prepared(installation: Path, first_run: tuple[Result, Path]) -> Path:
    """Give the commands a copy of the prepared installation."""
    shutil.copytree(first_run[1], installation, dirs_exist_ok=True)
    return installation


def call(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--language", "en"], env=environment)


def database_in(folder: Path) -> Database:
    return Database(f"sqlite:///{folder}/budgetproto.sqlite3")


def written(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


FILES = {
    "protocol_2020-1_ky.pdf",
    "protocol_2020-1_ru.pdf",
    "protocol_2020-1_en.pdf",
    "box_2020-1.zip",
    "discrepancies_2020-1.xlsx",
    "discrepancies_2020-1.csv",
    "trusted_TEST.pem",
    *(f"annual_report_{year}_{language}.pdf" for year in (2019, 2020) for language in ("ky", "ru")),
}


def test_demo_writes_protocols_box_tables_and_annual_reports(demo: tuple[Result, Path]) -> None:
    result, out = demo
    assert result.exit_code == 0, result.output
    assert written(out) == FILES


def test_demo_prints_both_positions_the_difference_and_the_option(demo: tuple[Result, Path]) -> None:
    grants = next(line for line in demo[0].output.splitlines() if "Stimulating" in line)
    assert grants.split()[-6:] == ["0.0", "600,000.0", "+600,000.0", "259,701.5", "43.3%", "259,701.5"]


def test_demo_says_that_made_up_figures_are_made_up(demo: tuple[Result, Path]) -> None:
    assert "made up" in demo[0].output


def test_run_gives_every_account_one_password_when_asked(first_run: tuple[Result, Path]) -> None:
    result, folder = first_run
    assert result.exit_code == 0, result.output
    database = database_in(folder)
    assert all(accounts.log_in(database, login, PASSWORD) for login in ("secretary", "ministry", "union"))


def test_a_second_run_keeps_the_data_and_says_how_to_reset(prepared: Path) -> None:
    with database_in(prepared).reading() as session:
        before = [sitting.id for sitting in sittings(session)]
    result = call("run", "--no-serve")
    with database_in(prepared).reading() as session:
        assert [sitting.id for sitting in sittings(session)] == before
    assert "make reset" in result.output


def test_a_second_run_sets_the_password_it_is_given(prepared: Path) -> None:
    call("run", "--no-serve", BUDGETPROTO_DEMO_PASSWORD="another-password-for-all")
    assert accounts.log_in(database_in(prepared), "auditor", "another-password-for-all")


def test_run_leaves_one_sitting_open_for_positions(prepared: Path) -> None:
    with database_in(prepared).reading() as session:
        stages = {sitting.number: sitting.stage for sitting in sittings(session)}
    assert stages == {"2020-1": Stage.ISSUED, "2020-2": Stage.COLLECTING}


def test_tick_opens_what_is_due_and_nothing_else(prepared: Path) -> None:
    assert call("tick").output == ""
    with database_in(prepared).writing() as session:
        session.connection().exec_driver_sql("UPDATE sitting SET deadline = '2026-01-01 00:00:00.000000'")
    assert call("tick").output == "Positions opened. Sitting: 2020-2.\n"


@pytest.mark.usefixtures("prepared")
def test_a_whole_journal_verifies() -> None:
    result = call("verify-journal")
    assert result.exit_code == 0
    assert all("whole" in line for line in result.output.splitlines())


def test_an_altered_journal_is_named_with_the_event(prepared: Path) -> None:
    with database_in(prepared).writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER journal_entry_no_update")
        statement = "UPDATE journal_entry SET payload = '{}' WHERE chain = 'system' AND sequence = 2"
        connection.exec_driver_sql(statement)
    result = call("verify-journal")
    assert result.exit_code == 1
    assert "system: broken at event 2" in result.output


def test_a_seal_key_is_never_overwritten(installation: Path) -> None:
    assert call("seal-key").exit_code == 0
    key = (installation / "seal.key").read_bytes()
    second = call("seal-key")
    assert second.exit_code == 1
    assert "never overwritten" in second.output
    assert (installation / "seal.key").read_bytes() == key


def test_a_user_can_log_in_with_the_password_printed_once(installation: Path) -> None:
    output = call("user", "aida", "--name", "Аида Осмонова", "--role", "analyst").output
    password = output.split("new password ")[1].split()[0]
    assert accounts.log_in(database_in(installation), "Aida", password)


def test_production_refuses_to_start_without_its_keys(installation: Path) -> None:
    with pytest.raises(SetUp) as refusal:
        Settings.from_environment({"BUDGETPROTO_PRODUCTION": "1", "BUDGETPROTO_FOLDER": str(installation)})
    assert refusal.value.details["what"] == "BUDGETPROTO_DATABASE_URL"


def test_production_never_makes_a_seal_key_silently(installation: Path) -> None:
    result = call(
        "tick",
        BUDGETPROTO_PRODUCTION="1",
        BUDGETPROTO_DATABASE_URL=f"sqlite:///{installation}/x.sqlite3",
        BUDGETPROTO_SEAL_KEY_FILE=str(installation / "lost.key"),
        BUDGETPROTO_SECRET_KEY="s" * 32,
    )
    assert result.exit_code == 1
    assert "BUDGETPROTO_SEAL_KEY_FILE" in result.output


def test_a_party_is_entered_once(installation: Path) -> None:
    entered = ("party", "mof", "--side", "government", "--ky", "Финансы министрлиги")
    names = ("--ru", "Министерство финансов", "--en", "Ministry of Finance")
    assert "Ministry of Finance" in call(*entered, *names).output
    assert call(*entered, *names).exit_code == 1
