"""What `make check` asks beyond format, style, types and imports: `python -m tests.house.checking`.

Migrations are complete, a deployed installation has no warnings, every template compiles, German says everything.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "golddraht"
CATALOGUE = PACKAGE / "locale" / "de" / "LC_MESSAGES" / "django.po"


def as_if_deployed(data: str) -> None:
    """The settings of an installation behind TLS; nothing of the developer's own."""
    for name in [name for name in os.environ if name.startswith("GOLDDRAHT_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "golddraht.house.settings",
        "GOLDDRAHT_DATA": data,
        "GOLDDRAHT_URL": "https://care.example.org",
        "GOLDDRAHT_HOSTS": "care.example.org",
        "GOLDDRAHT_SECRET_KEY": "only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    }


def migrations() -> Iterator[str]:
    """What a model says and no migration does, and where two migrations go on from the same one."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils.translation import override

    loader = MigrationLoader(None, ignore_no_migrations=True)
    for room, leaves in loader.detect_conflicts().items():
        yield f"{room}: {' and '.join(sorted(leaves))} follow the same migration; put one behind the other"
        return
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("golddraht.")}
    # Names of fields are sentences to translate; migrations were written without a language.
    with override(None):
        changes = detector.changes(graph=loader.graph, trim_to_apps=ours)
    for label, missing in changes.items():
        for operation in [each for migration in missing for each in migration.operations]:
            yield f"{label}: {operation.describe()} has no migration"


def deployment() -> Iterator[str]:
    """Django's own advice for an installation in service."""
    from django.core.checks import WARNING, run_checks

    for message in run_checks(include_deployment_checks=True):
        if message.level >= WARNING and not message.is_silenced():
            yield str(message)


def templates() -> Iterator[str]:
    """Templates that do not compile."""
    from django.template import engines

    engine = engines["django"]
    for folder in sorted({Path(each) for each in engine.template_dirs if PACKAGE in Path(each).parents}):  # type: ignore[attr-defined]  # Django's own engine has them.
        for path in sorted(each for each in folder.rglob("*") if each.suffix in {".html", ".txt", ".xml"}):
            try:
                engine.get_template(path.relative_to(folder).as_posix())
            except Exception as trouble:
                yield f"{path.relative_to(PACKAGE)}: {trouble}"


def translations() -> Iterator[str]:
    """Sentences that German does not say yet, and German ones that nobody says any more."""
    from babel.messages.pofile import read_po

    if not CATALOGUE.exists():
        yield "there is no German catalogue (make messages)"
        return
    with CATALOGUE.open("rb") as file:
        catalogue = {(each.context, _id(each.id)): each for each in read_po(file, locale="de") if each.id}
    for (_, text), message in catalogue.items():
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(said):
            yield f"not translated: {text!r}"
    if shutil.which("xgettext"):
        used = _used()
        yield from (f"missing in the catalogue (make messages): {text!r}" for context, text in used - set(catalogue))
        yield from (f"no longer used (make messages): {text!r}" for context, text in set(catalogue) - used)
    elif os.environ.get("CI"):
        yield "xgettext is missing: install gettext"


def _used() -> set[tuple[str | None, str]]:
    """Every sentence that the program wants translated, freshly collected."""
    from babel.messages.pofile import read_po
    from django.core.management import call_command
    from django.test import override_settings

    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "golddraht"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "locale", "__pycache__"))
        (copy / "locale").mkdir()
        before = Path.cwd()
        os.chdir(copy)
        try:
            with override_settings(LOCALE_PATHS=[]):
                call_command("makemessages", locale=["de"], verbosity=0)
        finally:
            os.chdir(before)
        with (copy / CATALOGUE.relative_to(PACKAGE)).open("rb") as file:
            return {(each.context, _id(each.id)) for each in read_po(file, locale="de") if each.id}


def _id(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def staff_records() -> Iterator[str]:
    """Tables that name a colleague and are not declared, or are declared and name nobody."""
    from golddraht.pages.staff.records import RECORDS

    declared = {table for record in RECORDS for table in record.tables}
    naming = tables_naming_colleagues()
    for table in sorted(naming - declared):
        yield f"{table} names a colleague: say in pages/staff/records.py what for, how long and who sees it"
    for table in sorted(declared - naming - NAMING_OTHERWISE):
        yield f"{table} is declared in pages/staff/records.py and names no colleague"


NAMING_OTHERWISE = frozenset(
    {"team_user", "django_session", "account_emailconfirmation", "socialaccount_socialtoken", "improvement_daytally"}
)
"""The account itself, what hangs on an account by another table or inside a sealed value, and marks."""


def tables_naming_colleagues() -> set[str]:
    from django.apps import apps

    from golddraht.team.models import Membership, User

    return {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.managed
        and any(field.related_model in {Membership, User} or field.name == "actor_id" for field in model._meta.fields)
    }


def data_catalogue() -> Iterator[str]:
    """Fields of models of which nobody has said what they hold, and what erasing a person does to them."""
    from django.apps import apps

    from golddraht.privacy.catalogue import BY_LABEL
    from tests.house.catalogued import gaps

    yield from gaps(apps.get_models(include_auto_created=True), BY_LABEL)


CHECKS: list[Callable[[], Iterator[str]]] = [
    migrations,
    deployment,
    templates,
    translations,
    staff_records,
    data_catalogue,
]


def main() -> int:
    data = tempfile.mkdtemp()
    as_if_deployed(data)
    try:
        import django

        django.setup()
        found = [(check.__name__, words) for check in CHECKS for words in check()]
    finally:
        shutil.rmtree(data)
    for name, words in found:
        print(f"{name}: {words}")
    print(
        f"{len(found)} findings."
        if found
        else "Migrations, deployment, templates, translations, records about staff and the data catalogue are fine."
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
