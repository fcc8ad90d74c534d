from __future__ import annotations

from django.apps import AppConfig

from golddraht.plumbing.quick_migrations import add_without_rendering


class Config(AppConfig):
    name = "golddraht.plumbing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        add_without_rendering()
