"""Setting up a fresh database in a quarter of the time.

When a migration adds a constraint or an index, Django renders every model anew that is related to that one. Every row of ours
belongs to a tenant, so that is all of them, six hundred times. Neither changes what a model is like, so nothing is rendered: the
state has the constraint at once, the rendered model with the next field that changes.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.apps import apps
from django.db.migrations.state import ProjectState


def add_without_rendering() -> None:
    """Let states of our own migrations take constraints and indexes as they come, from here on; those of others as ever."""
    rendering = ProjectState._append_option  # type: ignore[attr-defined]  # There is no public way.

    @wraps(rendering)
    def appended(state: ProjectState, app_label: str, model_name: str, kind: str, one: Any) -> None:
        if not apps.get_app_config(app_label).name.startswith("golddraht."):
            rendering(state, app_label, model_name, kind, one)
            return
        options = state.models[app_label, model_name].options
        options[kind] = [*options[kind], one]

    ProjectState._append_option = appended  # type: ignore[attr-defined]  # As above.
