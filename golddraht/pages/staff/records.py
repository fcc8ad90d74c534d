"""Every kind of record about the people who work here: what, why, how long, who sees it.

The page, the file for the works council and the template of an agreement are made from this table. `make check` compares it
with the tables of the database: whoever adds one that names a colleague has to say here what for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class StaffRecord:
    """One kind of record; `tables` are its names in the database."""

    title: Any
    what: Any
    why: Any
    how_long: Any
    who: Any
    tables: frozenset[str]


def _tables(names: str) -> frozenset[str]:
    return frozenset(names.split())


RECORDS = (
    StaffRecord(
        title=_("Account"),
        what=_("Name, e-mail address, language, role, languages spoken, skills, limit of goodwill; invitations."),
        why=_("Somebody must be able to sign in, and concerns go to people who can solve them."),
        how_long=_("As long as somebody works here. The name stays at what they wrote to customers."),
        who=_("Colleagues see name, role, languages and skills; admins everything except passwords."),
        tables=_tables(
            "team_user team_membership team_clientseat team_invitation account_emailaddress account_emailconfirmation"
        ),
    ),
    StaffRecord(
        title=_("Signing in"),
        what=_(
            "Sessions with network address, kind of browser and the day they were seen last; second factors; connections to a single sign-on."
        ),
        why=_("So that nobody else signs in, and everybody can end a session on a lost device."),
        how_long=_("Sessions 14 days after the last sign-in; second factors until they are removed."),
        who=_(
            "The person themselves. Admins see kind of browser, network and day, and who has a second factor, but not of whoever works for another company as well."
        ),
        tables=_tables(
            "django_session usersessions_usersession mfa_authenticator socialaccount_socialaccount socialaccount_socialtoken"
        ),
    ),
    StaffRecord(
        title=_("Work on concerns"),
        what=_(
            "Who cares for a concern, who wrote, noted, asked, granted, handed over, merged or proposed what, with the moment."
        ),
        why=_("A customer has one person who cares, and whoever takes over must know what was said and promised."),
        how_long=_("As long as the concern itself."),
        who=_("Everybody who may see the concern."),
        tables=_tables(
            "conversations_conversation conversations_message conversations_note conversations_milestone conversations_inquiry"
            " conversations_solution conversations_errand conversations_errandline conversations_goodwill conversations_link conversations_move"
        ),
    ),
    StaffRecord(
        title=_("Promises"),
        what=_("Who gave a promise, who keeps it, until when, and whether it was kept."),
        why=_("What was said to a customer must hold, also when somebody is ill."),
        how_long=_("As long as the customer's record."),
        who=_("Everybody who may see the concern. As a figure only for groups, and for oneself."),
        tables=_tables("promises_promise promises_disturbance"),
    ),
    StaffRecord(
        title=_("Missed next touches"),
        what=_("Which concern was told to which lead, and who took it."),
        why=_("No customer is left in silence."),
        how_long=_("As long as the concern itself."),
        who=_("Leads and admins."),
        tables=_tables("conversations_escalation"),
    ),
    StaffRecord(
        title=_("How far somebody has read"),
        what=_("For each concern the moment up to which a person has read it."),
        why=_("So that what is new stands out in that person's own list."),
        how_long=_("As long as the concern itself; only the latest moment."),
        who=_("Only the person themselves, in their own list. It is not evaluated."),
        tables=_tables("conversations_reading"),
    ),
    StaffRecord(
        title=_("Knowledge, text modules, macros and drafts"),
        what=_("Who owns, wrote, checked or published an article, a text module or a macro; unfinished drafts."),
        why=_("Somebody answers for what is said, and a draft is there again on another device."),
        how_long=_("As long as what was written; drafts until they are finished or thrown away."),
        who=_("Colleagues; a draft only its author."),
        tables=_tables(
            "conversations_textmodule conversations_macro conversations_automatictext conversations_draft conversations_tag conversations_tagchange knowledge_article knowledge_articlesource knowledge_keptmark knowledge_articlefile"
            " knowledge_openquestion knowledge_asking knowledge_version knowledge_draft"
        ),
    ),
    StaffRecord(
        title=_("Blocked senders"),
        what=_("Who blocked a sender, when and why, and who let them in again."),
        why=_("What rests unanswered must be explainable, and somebody must be able to undo it."),
        how_long=_("Without end, so that it can be told why somebody was not answered."),
        who=_("Leads and admins. It is not evaluated."),
        tables=_tables("conversations_blockedsender"),
    ),
    StaffRecord(
        title=_("Saved filters"),
        what=_("Which searches and lists somebody kept, shared, put in their rail or removed."),
        why=_("What one looks for again and again is one click away, on every device, and can be shared."),
        how_long=_("Until they are removed; a shared one stays when its owner leaves."),
        who=_("The person themselves, and whoever they share a filter with. It is not evaluated."),
        tables=_tables("search_savedfilter search_pin"),
    ),
    StaffRecord(
        title=_("Problems"),
        what=_("Who owns a problem, opened it, linked a concern to it, called it fixed, or told those affected."),
        why=_("Somebody sees to the cause, and those affected hear of it from a person."),
        how_long=_("As long as the problem."),
        who=_("Everybody who works here."),
        tables=_tables("improvement_problem improvement_affected improvement_fixletter"),
    ),
    StaffRecord(
        title=_("Who is at a concern right now"),
        what=_("Who has a concern open or writes in it at this moment, and who was named in a note."),
        why=_("So that two people do not answer the same customer, and whoever is asked for hears of it."),
        how_long=_(
            "Being there only the latest moment for each concern; a name in a note as long as the concern itself."
        ),
        who=_("Colleagues who look at the same concern. It is not evaluated."),
        tables=_tables("conversations_attendance conversations_mention"),
    ),
    StaffRecord(
        title=_("Notices on own devices"),
        what=_("The browsers in which somebody switched notices on, what for, quiet hours, and what waits to be told."),
        why=_("Whoever wants to hears that something waits, also while no page is open. A notice names nobody."),
        how_long=_("A device until it is switched off or its session ends; what it tells for a day."),
        who=_("Only the person themselves. It is not evaluated."),
        tables=_tables("notices_device"),
    ),
    StaffRecord(
        title=_("Calls"),
        what=_(
            "The number within the house, at whose telephones a call rang, who answered, when it began and ended. No recording."
        ),
        why=_("The caller's page opens at whoever is called, and a missed call becomes a concern."),
        how_long=_("As long as the installation keeps it; nothing removes it by itself."),
        who=_("Everybody who may see the concern. It is not evaluated."),
        tables=_tables("telephone_extension telephone_call telephone_ring"),
    ),
    StaffRecord(
        title=_("What is known of customers"),
        what=_(
            "Who took down or corrected something about a customer, merged two or took them apart, asked a customer about it, wrote down a consent or a text for one, handed out a copy, and when."
        ),
        why=_("Every value names its source, and whoever doubts it can ask."),
        how_long=_("As long as the customer's record."),
        who=_("Everybody who may see the customer. It is not evaluated."),
        tables=_tables(
            "customers_fact customers_merge customers_resemblance customers_doubt customers_asking customers_belonging"
            " access_copy consent_consentact consent_consenttext consent_channelchoice consent_permission consent_refusal"
        ),
    ),
    StaffRecord(
        title=_("Orders and deliveries"),
        what=_(
            "Whose token or file brought what a shop or a carrier says, who tied a concern to an order, and who let in an order of somebody erased, with the reason."
        ),
        why=_("Whoever doubts a date can ask where it came from."),
        how_long=_("As long as the order is kept."),
        who=_("Everybody who may see the customer. It is not evaluated."),
        tables=_tables("commerce_statement commerce_tie commerce_badrow"),
    ),
    StaffRecord(
        title=_("Imports of customers"),
        what=_(
            "Who sent a file of customers, who kept what its columns mean, and who let in somebody erased, with the reason."
        ),
        why=_("Somebody can be asked where a list comes from, and whether it may be used."),
        how_long=_("The file a day after it was taken over; that it was, as long as the customers' records."),
        who=_("Admins. It is not evaluated."),
        tables=_tables("imports_import imports_mapping imports_row"),
    ),
    StaffRecord(
        title=_("Teams and absences"),
        what=_("Who sits in which team, who leads it, who is away when, and who stands in. No reason of an absence."),
        why=_("Concerns go to somebody who is there."),
        how_long=_("Until somebody changes or removes it."),
        who=_("Colleagues see who is away; leads and admins plan it."),
        tables=_tables("team_team team_seat team_absence"),
    ),
    StaffRecord(
        title=_("Logo of the company"),
        what=_("Who put up the logo that customers see, and the one before it, and when."),
        why=_("Whoever wonders about a picture can ask."),
        how_long=_("Until the next but one is put up."),
        who=_("Leads and admins, in the audit trail. It is not evaluated."),
        tables=_tables("team_logo"),
    ),
    StaffRecord(
        title=_("Founding of client companies"),
        what=_("Who founded a company from the pages of this one, and when."),
        why=_("Whoever finds a company that they do not know can ask."),
        how_long=_("As long as this company is here."),
        who=_("Admins. It is not evaluated."),
        tables=_tables("team_founding"),
    ),
    StaffRecord(
        title=_("Audit trail"),
        what=_("Who saw or changed which record, when; names of fields, never their content."),
        why=_("Proof of who looked at a customer's data (Article 5 (2) and 32 GDPR)."),
        how_long=_("As long as the installation keeps it; nothing removes it by itself."),
        who=_("Leads and admins. It is for proof, not for judging work."),
        tables=_tables("plumbing_trace"),
    ),
    StaffRecord(
        title=_("Access for programs, and keys"),
        what=_(
            "Which tokens, webhooks and keys somebody made, when a token was last used, and what a program was answered."
        ),
        why=_("A program speaks for a person, and doing twice what was asked once must be impossible."),
        how_long=_("Tokens without end, also withdrawn ones; answers for two days."),
        who=_("Admins."),
        tables=_tables("team_apitoken team_rememberedanswer programs_webhook channels_ownkey channels_knownkey"),
    ),
    StaffRecord(
        title=_("Figures"),
        what=_(
            "Counts of days by team, channel and tag. With each, marks that tell how many people stand behind it at least, and"
            " not who did what. One's own figures are counted when one looks and kept nowhere."
        ),
        why=_("How well customers are served; the marks hide groups of fewer than five."),
        how_long=_("Without end; they hold nobody's work."),
        who=_("Leads and admins, for groups of five or more. One's own only oneself."),
        tables=_tables("improvement_daytally"),
    ),
    StaffRecord(
        title=_("Satisfaction"),
        what=_("Who cared for a concern about which a customer was asked, and the answer; who turned the asking on."),
        why=_("Whoever cared reads what the customer says, and a dissatisfied one hears from somebody they know."),
        how_long=_("As long as the concern itself."),
        who=_("Everybody who may see the concern. As a figure only for groups."),
        tables=_tables("improvement_satisfaction improvement_askingpolicy"),
    ),
    StaffRecord(
        title=_("Erasures"),
        what=_("Who entered, approved or refused a request to be erased, and when."),
        why=_("The company has to prove that it answers whoever asks for their rights."),
        how_long=_("Three years after the end of the year in which it was answered."),
        who=_("Leads and admins. It is not evaluated."),
        tables=_tables("privacy_erasure"),
    ),
    StaffRecord(
        title=_("Archive"),
        what=_(
            "Who may open what is locked away, who gave and took that right, and who opened what, when and what for."
        ),
        why=_("What the law wants kept of people who were erased is nobody's business but an auditor's."),
        how_long=_("Openings three years after the end of their year; rights without end."),
        who=_("Admins, and whoever has the right. It is not evaluated."),
        tables=_tables("privacy_archiveright privacy_archiveopening"),
    ),
    StaffRecord(
        title=_("Retention"),
        what=_("Who switched it on or off, chose how long a class is kept, or held a customer for a claim, and when."),
        why=_("What is erased by itself is decided by somebody, and the company has to prove who."),
        how_long=_("As long as the choice stands; a hold as long as its customer."),
        who=_("Admins. It is not evaluated."),
        tables=_tables("privacy_keepingpolicy privacy_keepingchoice privacy_hold"),
    ),
    StaffRecord(
        title=_("This page"),
        what=_("Who turned one of its switches off, and when."),
        why=_("So that everybody can see what was decided."),
        how_long=_("Until it is turned on again."),
        who=_("Everybody who works here."),
        tables=_tables("improvement_staffchoice"),
    ),
)
"""In the order of the page."""

NOT_THERE = (
    _("Screenshots, keystrokes, mouse movements, pauses or seconds of idling"),
    _("A ranking or a comparison of persons, or a score for how somebody writes"),
    _("Recognition of emotions, in voice or text"),
    _("Listening in, recording or reading along without a sign for the person"),
    _("Figures of a person that anybody else can open"),
)
"""What does not exist in the program, so nobody has to turn it off."""
