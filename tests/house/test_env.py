"""Settings come from the environment, and say what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from golddraht.house import env


def test_a_flag_reads_the_words_people_write(monkeypatch: pytest.MonkeyPatch) -> None:
    for word, meaning in [("1", True), ("yes", True), ("On", True), ("0", False), ("no", False), ("", False)]:
        monkeypatch.setenv("GOLDDRAHT_PROBE", word)
        assert env.flag("GOLDDRAHT_PROBE") is meaning


def test_an_unset_flag_is_what_the_default_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOLDDRAHT_PROBE", raising=False)
    assert env.flag("GOLDDRAHT_PROBE", default=True)


def test_a_flag_that_means_nothing_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDDRAHT_PROBE", "vielleicht")
    with pytest.raises(env.BadSetting, match="GOLDDRAHT_PROBE is 'vielleicht'; write 1 or 0"):
        env.flag("GOLDDRAHT_PROBE")


@pytest.mark.parametrize("word", ["12a", "-3", "1.5"])
def test_a_number_is_a_whole_number(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("GOLDDRAHT_PROBE", word)
    with pytest.raises(env.BadSetting, match="write a whole number"):
        env.number("GOLDDRAHT_PROBE", 7)


def test_a_list_of_names_forgives_blanks_and_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDDRAHT_PROBE", " a, b ,,c")
    assert env.names("GOLDDRAHT_PROBE") == ["a", "b", "c"]


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("geheim\n")
    monkeypatch.setenv("GOLDDRAHT_PROBE_FILE", str(tmp_path / "secret"))
    assert env.secret("GOLDDRAHT_PROBE") == "geheim"


def test_a_kept_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret.key"
    first = env.kept_secret(path)
    assert env.kept_secret(path) == first
    assert len(first) >= 50
    assert path.stat().st_mode & 0o077 == 0


def test_an_empty_key_is_no_key(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.touch()
    with pytest.raises(env.BadSetting, match="is empty"):
        env.kept_secret(path)


def test_making_a_key_leaves_nothing_else_behind(tmp_path: Path) -> None:
    env.kept_secret(tmp_path / "secret.key")
    assert [one.name for one in tmp_path.iterdir()] == ["secret.key"]


def test_a_database_url_keeps_its_options() -> None:
    parts = env.database("postgresql://app:p%40ss@db.example:5433/care?sslmode=require")
    assert (parts["USER"], parts["PASSWORD"], parts["HOST"], parts["PORT"]) == ("app", "p@ss", "db.example", "5433")
    assert parts["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("url", ["mysql://x", "sqlite:///x", "postgresql://h/x?nonsense=1"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(env.BadSetting):
        env.database(url)
