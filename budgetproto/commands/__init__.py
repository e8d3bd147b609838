"""The command line: `budgetproto COMMAND`, also `python -m budgetproto`."""

import importlib
from typing import Final

import click

#: Each command lies in a module of its own and is imported when it is called: pandas alone takes a second.
_COMMANDS: Final = {
    "backup": "backups:backup_command",
    "balance": "balance:balance_command",
    "demo": "demo:demo_command",
    "drill": "backups:drill_command",
    "import": "importing:import_command",
    "migrate": "database:migrate_command",
    "party": "people:party_command",
    "rebuild": "rebuild:rebuild_command",
    "restore": "backups:restore_command",
    "run": "run:run_command",
    "seal-key": "database:seal_key_command",
    "serve": "serve:serve_command",
    "signing-key": "signing_key:signing_key_command",
    "stage": "stage:stage_command",
    "tick": "sitting:tick_command",
    "user": "user:user_command",
    "verify": "verify:verify_command",
    "verify-journal": "sitting:verify_journal_command",
}


class Commands(click.Group):
    """The group of all commands, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name every command."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(importlib.import_module(f"budgetproto.commands.{module}"), name)
        return found


@click.command(cls=Commands)
@click.version_option(package_name="budgetproto")
def main() -> None:
    """Hold the conciliation sitting: sealed positions, balanced option, special protocol."""
