"""Every story of the corpus is understood as a careful reader would."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from golddraht.channels.mail.showing import show

from .corpus import SCHEMA, STORIES, expectation, source

FACETS = {"names": "name", "sizes": "size", "inline": "inline", "types": "content_type"}


def _facet(shown: dict[str, Any], key: str) -> Any:
    field, _, facet = key.partition(" ")
    if facet in FACETS:
        return [one[FACETS[facet]] for one in shown[field]]
    return shown[field]


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_understood(story: str) -> None:
    shown = show(f"{story}.eml", 0, source(story))

    Draft202012Validator(SCHEMA).validate(shown)
    for key, expected in expectation(story).items():
        found = _facet(shown, key)
        if key.endswith(" has"):
            assert [one for one in expected if one not in (found or "")] == [], key
        elif key.endswith(" lacks"):
            assert [one for one in expected if one in (found or "")] == [], key
        else:
            assert found == expected, key


def test_the_corpus_has_at_least_two_hundred_stories() -> None:
    assert len(STORIES) >= 200


@pytest.mark.parametrize("story", STORIES)
def test_what_is_shown_and_what_is_folded_together_are_the_whole_text(story: str) -> None:
    shown = show(f"{story}.eml", 0, source(story))
    parts = [shown[name] for name in ("reply_text", "quoted_text", "signature")]

    assert _words("\n".join(part for part in parts if part)) == _words(shown["text"] or "")


def _words(text: str) -> list[str]:
    return sorted(text.split())
