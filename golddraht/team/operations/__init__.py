"""What can be done with a company, its people and its teams: one file per family of verbs."""

from golddraht.team.operations.absences import AbsenceRefused, plan_absence, remove_absence
from golddraht.team.operations.alarms import clear_alarm, note_alarm_told, raise_alarm
from golddraht.team.operations.arriving import (
    RuleRefused,
    keep_arrival_rule,
    move_arrival_rule,
    remove_arrival_rule,
)
from golddraht.team.operations.founding import TenantRefused, change_tenant, found_tenant
from golddraht.team.operations.members import (
    MemberRefused,
    change_member,
    give_new_password,
    invite,
    invite_with_password,
    made_password,
    refuse_losing_last_admin,
)
from golddraht.team.operations.teams import (
    TeamRefused,
    add_team,
    change_team,
    change_team_hours,
    close_team_on,
    form_team,
    open_team_on,
)
from golddraht.team.operations.tokens import (
    TokenRefused,
    create_api_token,
    note_token_used,
    remember_answer,
    revoke_api_token,
)

__all__ = [
    "AbsenceRefused",
    "MemberRefused",
    "RuleRefused",
    "TeamRefused",
    "TenantRefused",
    "TokenRefused",
    "add_team",
    "change_member",
    "change_team",
    "change_team_hours",
    "change_tenant",
    "clear_alarm",
    "close_team_on",
    "create_api_token",
    "form_team",
    "found_tenant",
    "give_new_password",
    "invite",
    "invite_with_password",
    "keep_arrival_rule",
    "made_password",
    "move_arrival_rule",
    "note_alarm_told",
    "note_token_used",
    "open_team_on",
    "plan_absence",
    "raise_alarm",
    "refuse_losing_last_admin",
    "remember_answer",
    "remove_absence",
    "remove_arrival_rule",
    "revoke_api_token",
]
