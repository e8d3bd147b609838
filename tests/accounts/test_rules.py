"""The settings of accounts: read from the environment, refused when they make no sense."""

from pathlib import Path

import pytest

from budgetproto.accounts.device import device_named
from budgetproto.errors import SetUp
from budgetproto.settings import Settings


def read(folder: Path, **stated: str) -> Settings:
    named = {f"BUDGETPROTO_{name}": value for name, value in stated.items()}
    return Settings.from_environment({"BUDGETPROTO_FOLDER": str(folder), **named})


def test_a_second_factor_is_asked_for_in_production_and_nowhere_else_unless_said(tmp_path: Path) -> None:
    real = {"PRODUCTION": "1", "DATABASE_URL": "sqlite://", "SEAL_KEY_FILE": "k", "SECRET_KEY": "s" * 32}
    assert not read(tmp_path).second_factor
    assert read(tmp_path, **real).second_factor
    assert read(tmp_path, SECOND_FACTOR="1").second_factor
    assert not read(tmp_path, **real, SECOND_FACTOR="0").second_factor


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECOND_FACTOR", "yes"),
        ("SHORTEST_PASSWORD", "8"),
        ("SHORTEST_PASSWORD", "twelve"),
        ("LINK_DAYS", "0"),
        ("LINK_DAYS", "365"),
        ("IDLE_MINUTES", "1"),
        ("IDLE_MINUTES", "²"),
    ],
)
def test_a_setting_out_of_all_reason_is_refused_at_start(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SetUp) as refusal:
        read(tmp_path, **{name: value})
    assert refusal.value.details["what"] == f"BUDGETPROTO_{name}={value}"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Safari/537.36",
            "Chrome · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 YaBrowser/24.1",
            "Yandex Browser · Windows",
        ),
        ("", ""),
    ],
)
def test_a_device_is_told_in_two_words(agent: str, device: str) -> None:
    assert device_named(agent) == device
