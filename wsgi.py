"""The WSGI entry point: `gunicorn wsgi:application`."""

from budgetproto.app import create_app
from budgetproto.operations import logs
from budgetproto.settings import Settings

_settings = Settings.from_environment()
logs.configure(_settings.log_level)
application = create_app(_settings)
