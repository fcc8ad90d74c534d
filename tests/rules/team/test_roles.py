from __future__ import annotations

from itertools import pairwise

from golddraht.team.rules import Act, Role


def test_every_role_may_what_the_one_before_may() -> None:
    for lesser, greater in pairwise(Role):
        assert {act for act in Act if lesser.may(act)} < {act for act in Act if greater.may(act)}


def test_an_agent_cares_and_only_an_admin_configures() -> None:
    assert Role.AGENT.may(Act.CARE)
    assert [role for role in Role if role.may(Act.CONFIGURE)] == [Role.ADMIN]
    assert [role for role in Role if role.may(Act.REVIEW_NO_ANSWER)] == [Role.LEAD, Role.ADMIN]


def test_roles_are_read_from_their_stored_word() -> None:
    assert Role("lead").is_at_least(Role.AGENT)
    assert not Role("agent").is_at_least(Role.LEAD)
