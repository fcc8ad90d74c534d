"""The command explains itself, answers programs in JSON, and says in one sentence what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from golddraht.house.cli import COMMANDS, golddraht, main


def every_command() -> Iterator[list[str]]:
    """The names on the way to each command and group."""
    context = click.Context(golddraht)
    for name in COMMANDS:
        command = golddraht.get_command(context, name)
        assert command is not None
        yield [name]
        if isinstance(command, click.Group):
            yield from ([name, inner] for inner in command.commands)


@pytest.mark.parametrize("words", [words for words in every_command() if words != ["django"]], ids=" ".join)
def test_every_command_explains_itself(words: list[str]) -> None:
    answer = CliRunner().invoke(golddraht, [*words, "--help"])
    assert answer.exit_code == 0, answer.output
    assert "Usage: " in answer.output
    assert len(answer.output.splitlines()) > 4


def test_the_list_of_commands_loads_none_of_them() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "golddraht", "--help"], capture_output=True, text=True, check=True
    )
    assert "doctor" in done.stdout
    assert "django.apps" not in done.stderr


@pytest.mark.parametrize("words", [["rum"], ["mail", "shwo"], ["backup"], ["user", "add", "x@y.example"]])
def test_wrong_use_ends_with_2_and_shows_the_right_one(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert "Usage: golddraht" in capsys.readouterr().err


def test_a_failure_is_one_sentence_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kein.tar").write_bytes(b"something else")
    with pytest.raises(SystemExit) as end:
        main(["restore", str(tmp_path / "kein.tar")])
    said = capsys.readouterr().err.strip()
    assert end.value.code == 1
    assert said.startswith("golddraht: ") and "is no whole backup" in said and "\n" not in said


def test_mail_is_shown_without_a_database(tmp_path: Path) -> None:
    mail = tmp_path / "eins.eml"
    mail.write_bytes(
        b"From: Valentina Moser <valentina@kundin.example>\r\nTo: service@heizwerk.example\r\n"
        b"Subject: Brennerei\r\nMessage-ID: <1@kundin.example>\r\n\r\nGuten Tag\r\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "golddraht", "mail", "show", str(mail), str(tmp_path / "missing.eml"), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["from"] == {"name": "Valentina Moser", "address": "valentina@kundin.example"}
    assert second["problems"] and "message_id" not in second


def test_an_embedded_database_is_found_from_the_data_folder_alone() -> None:
    # The parametrised help above would start one if a command opened the house to explain itself.
    from golddraht.house import whereabouts

    assert whereabouts.open_database.cache_info().currsize == 0
