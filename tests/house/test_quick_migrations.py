"""Migrations that render less arrive at the same constraints and indexes."""

from __future__ import annotations

import pytest
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_every_model_has_what_djangos_own_way_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = _kept()
    monkeypatch.setattr(ProjectState, "_append_option", ProjectState._append_option.__wrapped__)  # type: ignore[attr-defined]  # Django's.

    assert quick == _kept()
    assert sum(map(len, quick.values())) > 600


def _kept() -> dict[tuple[str, str], list[str]]:
    """The names of the constraints and indexes of each model, in order."""
    models = MigrationLoader(None).project_state().models
    return {
        key: [one.name for kind in ("constraints", "indexes") for one in model.options[kind]]
        for key, model in models.items()
    }
