from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    name = "golddraht.house"

    def ready(self) -> None:
        from golddraht.conversations.queries import besides as blanks
        from golddraht.house import wiring
        from golddraht.imports.rules import subjects
        from golddraht.plumbing import bus
        from golddraht.promises.queries import besides
        from golddraht.search.rules import kinds

        bus.use(wiring.REACTIONS)
        kinds.use(wiring.KINDS)
        besides.use(wiring.TELLERS)
        blanks.use(wiring.FILLERS)
        subjects.use(wiring.SUBJECTS)
