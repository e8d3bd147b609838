"""The WSGI entry point: `gunicorn wsgi:application`."""

from budgetproto.app import create_app
from budgetproto.settings import Settings

application = create_app(Settings.from_environment())
