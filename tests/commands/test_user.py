"""`budgetproto user`: every act on accounts from the command line, refusals in one sentence."""

import re
import shutil
from pathlib import Path

import pytest

from budgetproto.accounts import links, service
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.secret_key import SecretKey
from budgetproto.accounts.service import WrongLogIn
from budgetproto.commands.terminal import prepare
from budgetproto.disputes.positions.sealing import load_key
from tests.commands.test_commands import call, database_in, empty_installation
from tests.factories import make_scene

__all__ = ["empty_installation"]

CHOSEN = "төрт эски суу тегирмен"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let a first command prepare an installation, once."""
    folder = tmp_path_factory.mktemp("prepared")
    assert call("user", "list", BUDGETPROTO_FOLDER=str(folder)).exit_code == 0
    return folder


@pytest.fixture
def installation(prepared: Path, empty_installation: Path) -> Path:
    """Give the commands a copy of it."""
    shutil.copytree(prepared, empty_installation, dirs_exist_ok=True)
    return empty_installation


def add(login: str, *roles: str) -> str:
    """Make an account; return its password."""
    options = [each for role in roles for each in ("--role", role)]
    output = call("user", "add", login, "--name", "Аида Осмонова", *options).output
    return output.split("new password ")[1].split()[0]


def test_an_invited_person_sets_the_password_with_what_is_printed(installation: Path) -> None:
    result = call("user", "invite", "aida", "--name", "Аида Осмонова", "--role", "secretary")
    assert result.exit_code == 0, result.output
    token = re.search(r"/invitation#([a-z2-7]{52})", result.output)
    assert token
    database = database_in(installation)
    links.set_password(database, Rules(SecretKey.derived("x")), token[1], CHOSEN, origin="")
    assert service.log_in(database, "aida", CHOSEN)


def test_the_spelling_of_before_still_adds_and_gives_passwords(installation: Path) -> None:
    assert call("user", "aida", "--name", "Аида", "--role", "analyst").exit_code == 0
    output = call("user", "aida").output
    fresh = output.split("new password ")[1].split()[0]
    assert service.log_in(database_in(installation), "aida", fresh)


def test_a_printed_password_is_changed_at_the_first_log_in(installation: Path) -> None:
    token = service.log_in(database_in(installation), "aida", add("aida"))
    with database_in(installation).reading() as session:
        found = service.log_in_of(session, token)
    assert found is not None
    assert found.initial


def test_the_list_tells_name_roles_and_state(installation: Path) -> None:
    add("aida", "secretary", "member")
    call("user", "deactivate", "aida")
    line = call("user", "list").output
    assert re.search(r"aida +Аида Осмонова +Committee member, Secretary +Out of service", line)


def test_roles_are_printed_set_and_taken_away(installation: Path) -> None:
    add("aida", "analyst")
    assert call("user", "roles", "aida").output == "aida: Analyst\n"
    assert call("user", "roles", "aida", "--role", "chair").output == "aida: Chair\n"
    assert call("user", "roles", "aida", "--none").output == "aida: —\n"


def test_the_last_administrator_keeps_the_role(installation: Path) -> None:
    add("aida", "administrator")
    result = call("user", "roles", "aida", "--none")
    assert (result.exit_code, "last administrator" in result.output) == (1, True)


def test_an_account_goes_out_of_service_and_back(installation: Path) -> None:
    password = add("aida")
    assert call("user", "deactivate", "aida").exit_code == 0
    with pytest.raises(WrongLogIn):
        service.log_in(database_in(installation), "aida", password)
    assert call("user", "reactivate", "aida").exit_code == 0
    assert call("user", "reactivate", "aida").exit_code == 1
    token = service.log_in(database_in(installation), "aida", password)
    assert call("user", "end-sessions", "aida").exit_code == 0
    with database_in(installation).reading() as session:
        assert service.who(session, token) is None


@pytest.mark.parametrize(
    "act", ["password", "link", "roles", "end-sessions", "deactivate", "reset-second-factor"]
)
def test_an_unknown_name_is_told_in_one_sentence(installation: Path, act: str) -> None:
    result = call("user", act, "nobody")
    assert result.exit_code == 1
    assert result.output == "There is no user “nobody”. The list: budgetproto user list\n"


def test_a_wrongly_written_command_leaves_with_two(installation: Path) -> None:
    assert call("user", "add", "aida").exit_code == 2
    assert call("user", "add", "aida", "--name", "Аида", "--role", "king").exit_code == 2


def test_the_host_alone_opens_no_delegates_account_while_positions_may_be_sealed(installation: Path) -> None:
    call("seal-key")
    database = database_in(installation)
    prepare(database)
    scene = make_scene(database, key=load_key(installation / "seal.key"))
    for act in ("password", "link", "deactivate"):
        result = call("user", act, scene.unionist.login)
        assert result.exit_code == 1
        assert "administrator and a secretary decide together" in result.output
