"""Writes docs/reference from the code: the settings, the commands, the JSON of `mail show`. `make docs` runs it."""

from __future__ import annotations

import ast
import inspect
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from golddraht.house.cli import COMMANDS, golddraht
from golddraht.plumbing.paths import data_folder

REPOSITORY = Path(__file__).parents[2]
REFERENCE = REPOSITORY / "docs" / "reference"
SETTINGS = REPOSITORY / "golddraht" / "house" / "settings.py"
SCHEMA = REPOSITORY / "golddraht" / "channels" / "mail" / "mail_show.schema.json"
KINDS = {"text": "text", "flag": "1 or 0", "number": "whole number", "names": "list", "secret": "secret"}
# Each heading stands above the setting it is named by.
HEADINGS = {
    "GOLDDRAHT_DEBUG": "The installation",
    "GOLDDRAHT_PORT": "Pages and processes",
    "GOLDDRAHT_MAIL_HOST": "Mail",
    "GOLDDRAHT_DATABASE_URL": "Database",
    "GOLDDRAHT_OIDC_SERVER": "Single sign-on",
    "GOLDDRAHT_ZONE": "Time and log",
}
MADE = "<!-- Made from the code by `make docs`; changes here are lost. -->\n"


@dataclass(frozen=True)
class Setting:
    """One environment variable as the code reads it."""

    name: str
    kind: str
    default: str
    words: str


def settings_read(source: str) -> list[Setting]:
    """Each `env.…("GOLDDRAHT_…")` of the source, once, in the order of the lines."""
    found: dict[str, Setting] = {}
    lines = source.splitlines()
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _is_reading(node)]
    for call in sorted(calls, key=lambda node: node.lineno):
        assert isinstance(call.func, ast.Attribute)
        name = ast.literal_eval(call.args[0])
        kind = KINDS[call.func.attr]
        setting = Setting(name, kind, _default(call), _comment_above(lines, call.lineno))
        found.setdefault(name, setting)
    return list(found.values())


def _is_reading(call: ast.Call) -> bool:
    named = isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
    return named and ast.unparse(call.func).startswith("env.") and ast.unparse(call.func)[4:] in KINDS


def _default(call: ast.Call) -> str:
    """As people would write it; empty when there is none."""
    given = [*call.args[1:2], *(each.value for each in call.keywords if each.arg == "default")]
    if not given:
        return "0" if ast.unparse(call.func) == "env.flag" else ""
    if isinstance(given[0], ast.JoinedStr):
        return "".join(_piece(each) for each in given[0].values)
    said = ast.unparse(given[0])
    if "PORT" in said:
        return said.replace("PORT", "GOLDDRAHT_PORT")
    value = eval(compile(ast.Expression(given[0]), "default", "eval"), {})  # Our own source: 60 * 1024.
    return str(int(value)) if isinstance(value, bool) else str(value)


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    return f"GOLDDRAHT_{ast.unparse(part.value)}"


def _comment_above(lines: list[str], lineno: int) -> str:
    words: list[str] = []
    while lines[lineno - 2 - len(words)].strip().startswith("# "):
        words.insert(0, lines[lineno - 2 - len(words)].strip()[2:])
    return " ".join(words)


def settings_page() -> str:
    """docs/reference/settings.md."""
    said = [MADE, "# Settings\n", _SETTINGS_OPENING]
    for setting in settings_read(SETTINGS.read_text()):
        if heading := HEADINGS.get(setting.name):
            said.append(f"\n## {heading}\n\n| Setting | Kind | Unless set | What it does |\n|---|---|---|---|")
            if heading == "The installation":
                said.append(f"| `GOLDDRAHT_DATA` | folder | – | {_data_words()} |")
        default = f"`{setting.default}`" if setting.default else "–"
        said.append(f"| `{setting.name}` | {setting.kind} | {default} | {setting.words} |")
    return "\n".join(said) + "\n"


def _data_words() -> str:
    assert '"/var/lib/golddraht"' in inspect.getsource(data_folder)
    return (
        "The folder with everything that must last: the embedded database, the files, `secret.key`, backups before "
        "migrations. Unset: `/var/lib/golddraht` for root, else `golddraht` in `$XDG_DATA_HOME` or `~/.local/share`."
    )


_SETTINGS_OPENING = """\
Golddraht reads its settings from environment variables, once, when it starts. None has to be set.

- A **list** has commas between its parts.
- A **secret** may also lie in a file: `GOLDDRAHT_SECRET_KEY_FILE=/run/secrets/key` instead of `GOLDDRAHT_SECRET_KEY=…`.
  The file counts when both are set. So it goes for every secret below.
- All processes of one installation want the same settings.

What belongs to one company (hours, teams, mailboxes, rules of arrival) is no setting here; it is set on the pages."""


def commands_page() -> str:
    """docs/reference/commands.md."""
    said = [MADE, "# Commands\n", _COMMANDS_OPENING, *_help_of([], golddraht, None)]
    return "\n".join(said)


_COMMANDS_OPENING = """\
This is what each command says with `--help`. In a clone the command is `.venv/bin/golddraht`. Every command reads the
[settings](settings.md).

Exit code 0: all is well. 1: it is not, and one sentence on the error output says why. 2: wrong use. 130: ended by Ctrl-C.
`GOLDDRAHT_DEBUG=1` shows where in the code an error arose.
"""


def _help_of(words: list[str], command: click.Command, above: click.Context | None) -> Iterator[str]:
    """The command's help and that of all below it."""
    more: dict[str, Any] = {} if above else {"help_option_names": ["-h", "--help"]}
    context = click.Context(
        command, info_name=words[-1] if words else "golddraht", parent=above, terminal_width=100, **more
    )
    yield f"{'##' if len(words) < 2 else '###'} golddraht {' '.join(words)}".rstrip() + "\n"
    yield f"```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in COMMANDS if not words else sorted(command.commands):
            below = command.get_command(context, name)
            assert below is not None
            yield from _help_of([*words, name], below, context)


def mail_show_page() -> str:
    """docs/reference/mail-show.md."""
    schema = json.loads(SCHEMA.read_text())
    said = [MADE, "# The JSON of `golddraht mail show`\n", _MAIL_SHOW_OPENING]
    said += ["\n## Each mail\n", *_fields(schema["properties"])]
    said += ["\n## An address\n", *_fields(schema["$defs"]["address"]["properties"])]
    listed = (
        ("An attachment", "attachments"),
        ("A part", "parts"),
        ("An invitation", "invitations"),
        ("A seal", "seals"),
    )
    for title, name in listed:
        said += [f"\n## {title}\n", *_fields(schema["properties"][name]["items"]["properties"])]
    bounce = schema["properties"]["bounce"]["anyOf"][1]["properties"]
    said += ["\n## A bounce\n", *_fields(bounce)]
    said += ["\n## A recipient of a bounce\n", *_fields(bounce["recipients"]["items"]["properties"])]
    return "\n".join(said) + "\n"


_MAIL_SHOW_OPENING = """\
`golddraht mail show PATH… --json` prints one line of JSON for each mail it finds in `.eml` files, mboxes, Maildirs and
folders. It touches no database. It never fails because of a mail: what could not be read is told in `problems`, and where
`problems` is not empty, only `path`, `index` and `problems` are sure to be there.

```sh
golddraht mail show --json letters/ | jq -r 'select(.is_automatic | not) | .subject'
```

Further fields may be added; please overlook those you do not know. The exact form, as JSON Schema, is
[mail_show.schema.json](../../golddraht/channels/mail/mail_show.schema.json)."""


def _fields(properties: dict[str, Any]) -> list[str]:
    rows = [f"| `{name}` | {_form(each)} | {each.get('description', '')} |" for name, each in properties.items()]
    return ["| Field | Form | Meaning |", "|---|---|---|", *rows]


def _form(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return {"address": "an address", "addresses": "list of addresses"}[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return " or ".join(sorted((_form(each) for each in schema["anyOf"]), key=lambda form: form == "null"))
    if "enum" in schema:
        return ", ".join("null" if each is None else f"`{each}`" for each in schema["enum"])
    if schema["type"] == "array":
        inner = schema["items"].get("type")
        return f"list of {inner}s"
    forms = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " or ".join(forms)


def api_page() -> str:
    """docs/reference/api.md: every operation with its scope, what is sent and what comes back."""
    from golddraht.api.urls import api

    described = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    shapes = described["components"]["schemas"]
    said, tag = [MADE, "# The interface for programs\n", _API_OPENING], ""
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            if told["tags"][0] != tag:
                tag = told["tags"][0]
                said.append(f"\n## {tag.capitalize()}")
            said += _operation(path, method, told, shapes)
    return "\n".join(said) + "\n"


def _operation(path: str, method: str, told: dict[str, Any], shapes: dict[str, Any]) -> Iterator[str]:
    yield f"\n### `{method.upper()} {path}`\n"
    yield told["description"]
    asked = [one for one in told["parameters"] if one["in"] == "query"]
    if asked:
        yield (
            "\n"
            + "Asks: "
            + ", ".join(f"`{one['name']}`{'' if one['required'] else ' (optional)'}" for one in asked)
            + "."
        )
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        yield from _shown("Send:", body, shapes)
    good = next((told["responses"][status] for status in ("200", "201") if status in told["responses"]), {})
    answer = good.get("content", {}).get("application/json", {}).get("schema")
    if answer:
        yield from _shown("Answer:", answer, shapes)


def _shown(words: str, schema: dict[str, Any], shapes: dict[str, Any]) -> Iterator[str]:
    while "$ref" in schema:
        schema = shapes[schema["$ref"].rpartition("/")[2]]
    example = schema["examples"][0]
    yield f"\n{words}\n\n```json\n{json.dumps(example, ensure_ascii=False, indent=2)}\n```"


_API_OPENING = """\
How to make a token, page through lists, repeat requests safely and read refusals is told in [Programs](../how-to/programs.md). The same for
machines, with every field and status, is at `/api/v1/openapi.json` (OpenAPI 3.1).

Every write may carry `Idempotency-Key` and `If-Match`. Every refusal is `application/problem+json`:

```json
{"type": "urn:golddraht:problem:stale-answer", "title": "The customer wrote again meanwhile.", "status": 409}
```"""


PAGES = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "mail-show.md": mail_show_page,
    "api.md": api_page,
}


def main() -> None:
    _open_django()
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page())
        click.echo(f"docs/reference/{name}")


def _open_django() -> None:
    """As much of it as the interface needs to describe itself: no database."""
    from tests.house.checking import as_if_deployed

    with tempfile.TemporaryDirectory() as data:
        as_if_deployed(data)
        import django

        django.setup()


if __name__ == "__main__":
    main()
