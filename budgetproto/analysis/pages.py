"""The pages of the room: of one sitting, and over all that a reader may read."""

from flask import Flask

from budgetproto.accounts.navigation import add_section
from budgetproto.analysis import across_routes, chart_routes, compare_routes, long_routes, routes, view_routes


def init_app(app: Flask) -> None:
    """Register every page, and the link to them in the head of all pages."""
    routes.init_app(app)
    app.register_blueprint(across_routes.blueprint)
    app.register_blueprint(chart_routes.blueprint)
    app.register_blueprint(compare_routes.blueprint)
    app.register_blueprint(long_routes.blueprint)
    app.register_blueprint(view_routes.blueprint)
    add_section(
        app, "analysis.title", "across.lines", blueprints=frozenset({"across", "charts", "compare", "views"})
    )
