"""`budgetproto stage KEY`: stage one sitting of the fixtures in this installation, to look round in it."""

import click

from budgetproto.commands.terminal import installation, language_option, refusals_told, say
from budgetproto.demonstration import keys, sitting_of, stage_sitting
from budgetproto.i18n import as_language
from budgetproto.settings import Settings
from budgetproto.sittings.storage import sitting_row


@click.command("stage", epilog=f"Sittings: {', '.join(keys())}")
@click.argument("key")
@language_option
@refusals_told
def stage_command(key: str, language: str) -> None:
    """Take the sitting KEY of the fixtures to its decisions; what is there already stays."""
    chosen, settings = as_language(language), Settings.from_environment()
    fixture = sitting_of(key)
    database, seal_key = installation(settings)
    sitting, made = stage_sitting(
        database, seal_key, fixture, password=settings.demo_password, tell=lambda part: say(part, chosen)
    )
    for account in made:
        click.echo(f"  {account.login:<12}{account.password:<28}{account.name}")
    with database.reading() as session:
        row = sitting_row(session, sitting)
        assert row is not None, "the sitting has just been staged"  # noqa: S101
        staged = row.sitting()
    database.close()
    say("commands.staged", chosen, number=staged.number, title=staged.title)
