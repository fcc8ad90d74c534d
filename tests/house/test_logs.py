"""Logs are for operators, and carry nothing of what customers wrote."""

from __future__ import annotations

import json
import logging
import sys

from golddraht.plumbing.logs import JsonLines, PlainLines

SECRET = "valentina@kundin.example schrieb: meine Brennerei"


def record_of_failure() -> logging.LogRecord:
    try:
        raise ValueError(SECRET)
    except ValueError:
        return logging.LogRecord("golddraht.channels", logging.ERROR, __file__, 1, "It failed.", None, sys.exc_info())


def test_an_error_is_logged_by_its_kind_and_place_without_the_words_it_carries() -> None:
    line = JsonLines().format(record_of_failure())
    said = json.loads(line)
    assert said["error"] == "ValueError"
    assert "record_of_failure" in said["where"][-1]
    assert "valentina" not in line


def test_only_ids_counts_and_routes_may_stand_beside_the_sentence() -> None:
    record = logging.LogRecord("golddraht", logging.INFO, __file__, 1, "Read.", None, None)
    record.conversation, record.address, record.text = 42, "valentina@kundin.example", SECRET
    said = json.loads(JsonLines().format(record))
    assert said["conversation"] == 42
    assert set(said) == {"at", "level", "from", "says", "conversation"}


def test_every_line_is_one_json_object_whatever_is_in_it() -> None:
    record = logging.LogRecord("golddraht", logging.INFO, __file__, 1, "Zwei\nZeilen „%s“", ("x",), None)
    line = JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["says"] == "Zwei\nZeilen „x“"


def test_lines_for_people_carry_no_words_of_customers_either() -> None:
    said = PlainLines().format(record_of_failure())
    assert "ValueError" in said
    assert "record_of_failure" in said
    assert "valentina" not in said


def test_a_link_of_a_customer_cannot_be_opened_by_whoever_reads_the_log() -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Error: %s", ("/k/wahl/WzEsMl0:1x:abc/",), None)
    for lines in (JsonLines(), PlainLines()):
        said = lines.format(record)
        assert "/k/wahl/" in said
        assert "WzEsMl0" not in said
