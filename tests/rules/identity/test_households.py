"""A file without households may be read less strictly; a small one never."""

from __future__ import annotations

from golddraht.identity.rules.contradictions import contradict
from golddraht.identity.rules.doubts import BIRTH_DIFFERS, GENERATIONS, TWO_PEOPLE
from golddraht.identity.rules.households import ENOUGH, are_seldom, remaining

UWE = ("uwe", "uwe", "19610503", None, None)
SON = ("uwe", "uwe", "19880917", None, None)
EVA = ("eva", "eva", "19631111", None, None)


def test_few_rows_say_nothing_about_households() -> None:
    assert not are_seldom(0, ENOUGH - 1)
    assert are_seldom(0, ENOUGH)
    assert not are_seldom(ENOUGH // 10, ENOUGH)


def test_a_doubt_is_given_up_only_where_it_may_be() -> None:
    assert remaining(BIRTH_DIFFERS, 30, seldom=True) == ""
    assert remaining(BIRTH_DIFFERS, 30, seldom=False) == BIRTH_DIFFERS
    assert remaining(BIRTH_DIFFERS, 5, seldom=True) == BIRTH_DIFFERS
    assert remaining(TWO_PEOPLE, 30, seldom=True) == TWO_PEOPLE
    assert remaining(GENERATIONS, 30, seldom=True) == GENERATIONS


def test_relatives_contradict_each_other() -> None:
    assert contradict(UWE, SON) and contradict(UWE, EVA)
    assert not contradict(UWE, SON, seldom=True) and contradict(UWE, EVA, seldom=True)
    assert not contradict((*UWE[:4], "7"), (*EVA[:4], "7"))
    assert contradict((*UWE[:3], "j", None), (*UWE[:3], "s", None))
