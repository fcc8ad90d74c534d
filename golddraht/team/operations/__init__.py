"""What can be done with a company, its people and its teams: one file per family of verbs."""

from golddraht.team.operations.absences import AbsenceRefused, plan_absence, remove_absence
from golddraht.team.operations.alarms import clear_alarm, note_alarm_told, raise_alarm
from golddraht.team.operations.arriving import (
    RuleRefused,
    keep_arrival_rule,
    move_arrival_rule,
    remove_arrival_rule,
)
from golddraht.team.operations.companies import (
    ClientWish,
    FoundingRefused,
    found_client,
    open_client_again,
    refuse_founding,
    take_client_back,
)
from golddraht.team.operations.dressing import LogoRefused, put_back_logo, put_up_logo, take_down_logo
from golddraht.team.operations.founding import TenantRefused, allow_clients, change_tenant, found_tenant
from golddraht.team.operations.invitations import (
    accept_signed_in,
    accept_vouched_for,
    accept_with_password,
    open_invitation,
    renew_invitation,
    withdraw_invitation,
)
from golddraht.team.operations.members import (
    MemberRefused,
    add_member,
    change_member,
    change_role,
    invite,
    refuse_losing_last_admin,
)
from golddraht.team.operations.pacing import promise_by_priority
from golddraht.team.operations.passwords import (
    choose_password,
    close_password,
    close_password_of_member,
    set_password,
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
from golddraht.team.operations.writing import UndoRefused, set_after_answer, set_undo, set_when_called
from golddraht.team.queries.joining import PasswordRefused

__all__ = [
    "AbsenceRefused",
    "ClientWish",
    "FoundingRefused",
    "LogoRefused",
    "MemberRefused",
    "PasswordRefused",
    "RuleRefused",
    "TeamRefused",
    "TenantRefused",
    "TokenRefused",
    "UndoRefused",
    "accept_signed_in",
    "accept_vouched_for",
    "accept_with_password",
    "add_member",
    "add_team",
    "allow_clients",
    "change_member",
    "change_role",
    "change_team",
    "change_team_hours",
    "change_tenant",
    "choose_password",
    "clear_alarm",
    "close_password",
    "close_password_of_member",
    "close_team_on",
    "create_api_token",
    "form_team",
    "found_client",
    "found_tenant",
    "invite",
    "keep_arrival_rule",
    "move_arrival_rule",
    "note_alarm_told",
    "note_token_used",
    "open_client_again",
    "open_invitation",
    "open_team_on",
    "plan_absence",
    "promise_by_priority",
    "put_back_logo",
    "put_up_logo",
    "raise_alarm",
    "refuse_founding",
    "refuse_losing_last_admin",
    "remember_answer",
    "remove_absence",
    "remove_arrival_rule",
    "renew_invitation",
    "revoke_api_token",
    "set_after_answer",
    "set_password",
    "set_undo",
    "set_when_called",
    "take_client_back",
    "take_down_logo",
    "withdraw_invitation",
]
