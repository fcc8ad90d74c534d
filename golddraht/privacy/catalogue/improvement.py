"""Figures, satisfaction, and causes behind concerns."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import COMPANY, FIGURES, PROBLEMS, SATISFACTION
from golddraht.privacy.catalogue.forms import goes, of_customers, of_nobody

TABLES = (
    of_nobody(
        "improvement.StaffChoice",
        COMPANY,
        "switches about figures of colleagues",
        setting="own_figures_off_at desks_off_at",
        colleague="own_figures_off_by desks_off_by",
    ),
    of_nobody("improvement.CountedDay", FIGURES, "which days were counted", count="on counted_at"),
    of_nobody(
        "improvement.DayTally",
        FIGURES,
        "counts of days; `people` are marks that tell how many colleagues stand behind one at least, not who",
        count="on team channel tag arrived unanswered first_kept first_broken kept broken changed confirmed presumed recurred objected asked rated content open waiting people working clock ages",
    ),
    of_nobody("improvement.Statement", FIGURES, "a month whose figures stand", count="month made_at definitions"),
    of_nobody(
        "improvement.StatementLine",
        FIGURES,
        "figures of a month by channel and team; of groups alone",
        count="statement axis name arrived open shows_work first_kept first_broken kept broken confirmed presumed recurred objected first_answer_minutes",
    ),
    of_nobody(
        "improvement.GoneTally",
        FIGURES,
        "what concerns of erased people had added to the count of a day",
        count="on team channel tag arrived unanswered first_kept first_broken kept broken changed confirmed presumed recurred objected asked rated content open waiting people working clock ages",
    ),
    of_nobody(
        "improvement.Problem",
        COMPANY,
        "a cause behind many concerns, in the company's words",
        own="title description tag",
        state="target_on state fixed_at",
        colleague="owner fixed_by created_at created_by",
    ),
    of_customers(
        "improvement.Affected",
        PROBLEMS,
        goes("conversation"),
        link="problem conversation",
        happened="at",
        colleague="by",
    ),
    of_customers(
        "improvement.FixLetter",
        PROBLEMS,
        goes("customer", "conversation", loosens="message"),
        link="problem customer conversation message",
        words="text",
        happened="written_at leaves_at settled_at",
        state="state why",
        colleague="by",
    ),
    of_nobody(
        "improvement.AskingPolicy",
        COMPANY,
        "whether customers are asked how it was",
        setting="since rest_days",
        colleague="by",
    ),
    of_customers(
        "improvement.Satisfaction",
        SATISFACTION,
        goes("conversation", "customer", "solution", loosens="follow_up"),
        link="conversation solution customer follow_up",
        words="words",
        judged="score",
        happened="looked_at asked_at answered_at",
        state="not_asked",
        colleague="owner",
    ),
)
