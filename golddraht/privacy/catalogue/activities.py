"""What personal data are processed for here: the entries of the record of processing activities (Article 30 GDPR)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from golddraht.ground.retention_law import Keeping
from golddraht.privacy.catalogue.forms import Activity

CUSTOMERS: Any = _("Customers, people who ask for something, and those who take part in their concerns")
COLLEAGUES: Any = _("People who work here")
NOBODY: Any = _("Nobody")
INSIDE: Any = _(
    "Colleagues who care for customers; the operator of the installation as processor, if it is another company"
)
CONTRACT: Any = _(
    "Contract and steps before it (Article 6 (1) (b) GDPR); for whoever has no contract the legitimate interest in an answer (Article 6 (1) (f))"
)
EMPLOYMENT: Any = _("Employment (Article 6 (1) (b) and 88 GDPR, § 26 BDSG; a works agreement where there is one)")
SECURITY: Any = _(
    "Security of processing and being able to prove it (Article 6 (1) (c) with Articles 5 (2) and 32 GDPR)"
)
FROM_THEM: Any = _("From the person themselves; from colleagues who take down what they said")

CARE = Activity(
    key="care",
    title=_("Caring for concerns"),
    purpose=_("Answering those who write, call or visit, solving what they came for, and knowing what was said."),
    basis=CONTRACT,
    people=CUSTOMERS,
    recipients=_(
        "Colleagues who care for customers; suppliers, carriers and others who are asked from within a concern; the operator of the installation as processor"
    ),
    source=FROM_THEM,
    keeping=(Keeping.ENQUIRY, Keeping.LETTER, Keeping.VOUCHER),
)
RECORD = Activity(
    key="record",
    title=_("Customer record"),
    purpose=_("Recognising a person on every channel, addressing them rightly, and knowing what they wish."),
    basis=CONTRACT,
    people=CUSTOMERS,
    recipients=INSIDE,
    source=_(
        "From the person themselves, their signatures and messages; from colleagues; from files that the company imports"
    ),
    keeping=(Keeping.RECORD,),
)
CONSENT = Activity(
    key="consent",
    title=_("Consents and objections"),
    purpose=_("Sending nothing that somebody has not allowed, and being able to prove what they allowed."),
    basis=_("Duty to prove consent (Article 7 (1) GDPR, § 7a UWG) and to respect an objection (Article 21 (3) GDPR)"),
    people=CUSTOMERS,
    recipients=INSIDE,
    source=FROM_THEM,
    keeping=(Keeping.CONSENT, Keeping.LASTING),
)
PROMISES = Activity(
    key="promises",
    title=_("Promises"),
    purpose=_("Keeping what was said to a customer with a date: an answer, a delivery, a visit."),
    basis=CONTRACT,
    people=CUSTOMERS,
    recipients=INSIDE,
    source=_("From colleagues, from programs of the company such as its shop"),
    keeping=(Keeping.ENQUIRY, Keeping.LETTER),
)
ORDERS = Activity(
    key="orders",
    title=_("Orders, deliveries and visits"),
    purpose=_("Knowing what a customer ordered and how far it has come, and promising its date."),
    basis=CONTRACT,
    people=CUSTOMERS,
    recipients=INSIDE,
    source=_("From programs and files of the company: its shop, its carriers, its planning of visits"),
    keeping=(Keeping.LETTER, Keeping.VOUCHER),
)
MAIL = Activity(
    key="mail",
    title=_("Carrying messages"),
    purpose=_("Receiving and delivering mail, knowing whether it arrived, and whether a sender is who they say."),
    basis=CONTRACT,
    people=CUSTOMERS,
    recipients=_("Mail services of the company and of those to whom it writes"),
    source=_("From the mails themselves and the servers that carried them"),
    keeping=(Keeping.COPY, Keeping.LETTER),
)
TELEPHONE = Activity(
    key="telephone",
    title=_("Calls"),
    purpose=_("Showing who calls, and calling back whoever was missed. Nothing is recorded."),
    basis=CONTRACT,
    people=CUSTOMERS,
    recipients=INSIDE,
    source=_("From the company's telephone system"),
    keeping=(Keeping.ENQUIRY,),
)
SEARCH = Activity(
    key="search",
    title=_("Finding"),
    purpose=_("Finding concerns and people again by words and names."),
    basis=CONTRACT,
    people=CUSTOMERS,
    recipients=INSIDE,
    source=_("Made from what is kept elsewhere in the program, and gone with it"),
    keeping=(Keeping.ENQUIRY, Keeping.RECORD),
)
SATISFACTION = Activity(
    key="satisfaction",
    title=_("Asking whether customers are content"),
    purpose=_("Learning from what customers say about how they were served, where asking them is allowed."),
    basis=_(
        "Legitimate interest in better service (Article 6 (1) (f) GDPR), within § 7 UWG; whoever does not wish it is not asked again"
    ),
    people=CUSTOMERS,
    recipients=INSIDE,
    source=FROM_THEM,
    keeping=(Keeping.ENQUIRY,),
)
PROBLEMS = Activity(
    key="problems",
    title=_("Causes and those affected"),
    purpose=_("Finding the cause behind many concerns, and telling everybody affected when it is gone."),
    basis=CONTRACT,
    people=CUSTOMERS,
    recipients=INSIDE,
    source=_("From colleagues who tie concerns to a problem"),
    keeping=(Keeping.ENQUIRY,),
)
PROGRAMS = Activity(
    key="programs",
    title=_("Programs of the company"),
    purpose=_("Letting the company's own programs read, write and hear what happens."),
    basis=CONTRACT,
    people=CUSTOMERS,
    recipients=_("Programs to which the company gave a token or a webhook"),
    source=_("Made from what is kept elsewhere in the program"),
    keeping=(Keeping.COPY,),
)
KNOWLEDGE = Activity(
    key="knowledge",
    title=_("Knowledge"),
    purpose=_("Keeping answers that help again, free of personal data before they are shown to everybody."),
    basis=_("Legitimate interest in good answers (Article 6 (1) (f) GDPR)"),
    people=CUSTOMERS,
    recipients=_("Colleagues; published articles everybody"),
    source=_("From solved concerns and from colleagues"),
    keeping=(Keeping.ENQUIRY,),
)
WORK = Activity(
    key="work",
    title=_("Work of colleagues"),
    purpose=_("Knowing who cares for whom, who is there, who stands in, and who may do what."),
    basis=EMPLOYMENT,
    people=COLLEAGUES,
    recipients=_("Colleagues, leads and admins of the company; see “Kept about you”"),
    source=_("From the person themselves and from admins"),
    keeping=(Keeping.STAFF,),
)
SIGN_IN = Activity(
    key="sign_in",
    title=_("Signing in"),
    purpose=_("Letting in whoever works here and nobody else."),
    basis=SECURITY,
    people=COLLEAGUES,
    recipients=_("Admins of the company; the company's own sign-in service, if it has one"),
    source=_("From the person themselves and their browser"),
    keeping=(Keeping.SESSION, Keeping.STAFF),
)
TRAIL = Activity(
    key="trail",
    title=_("Audit trail"),
    purpose=_("Being able to prove who looked at or changed which record. It names fields, never what stood in them."),
    basis=SECURITY,
    people=COLLEAGUES,
    recipients=_("Leads and admins of the company"),
    source=_("Written by the program"),
    keeping=(Keeping.TRAIL,),
)
NOTICES = Activity(
    key="notices",
    title=_("Notices on own devices"),
    purpose=_("Telling colleagues who wish it that something waits; a notice names nobody."),
    basis=_("Consent of the colleague, who switches it on and off (Article 6 (1) (a) GDPR)"),
    people=COLLEAGUES,
    recipients=_("The notice service of the colleague's browser, which learns neither who nor what"),
    source=_("From the person themselves and their browser"),
    keeping=(Keeping.COPY,),
)
OWN_PAGE = Activity(
    key="own-page",
    title=_("Customers' own page"),
    purpose=_("Letting people see, correct and take along what is kept of them, and nobody else."),
    basis=_("Rights of the person (Article 6 (1) (c) with Articles 12, 15, 16 and 20 GDPR)"),
    people=CUSTOMERS,
    recipients=_("The person themselves; the company's mail service, which carries codes"),
    source=_("From the person themselves"),
    keeping=(Keeping.SESSION,),
)
RIGHTS = Activity(
    key="rights",
    title=_("Rights of those concerned, and what the law wants kept"),
    purpose=_(
        "Answering who asks for their rights, proving it, and keeping what the law wants kept: sealed, until its day."
    ),
    basis=_("Legal duty (Article 6 (1) (c) with Articles 12 to 21 GDPR; § 257 HGB, § 147 AO; § 35 (3) BDSG)"),
    people=CUSTOMERS,
    recipients=_("The operator of the installation; auditors to whom the company has to show it"),
    source=_("From the person themselves; from what was kept of them elsewhere in the program"),
    keeping=(Keeping.LETTER, Keeping.VOUCHER, Keeping.CONSENT, Keeping.CLAIMS),
)
COMPANY = Activity(
    key="company",
    title=_("The company's own settings"),
    purpose=_("How the company works: teams, hours, words, mailboxes."),
    basis=_("No personal data of customers; colleagues are named who set something up"),
    people=NOBODY,
    recipients=INSIDE,
    source=_("From admins"),
    keeping=(Keeping.LASTING,),
)
FIGURES = Activity(
    key="figures",
    title=_("Figures"),
    purpose=_("Seeing how well customers are served. Counts of days that name nobody."),
    basis=_("No personal data"),
    people=NOBODY,
    recipients=_("Leads and admins of the company"),
    source=_("Counted from concerns, promises and answers"),
    keeping=(Keeping.LASTING,),
)
MACHINERY = Activity(
    key="machinery",
    title=_("The program itself"),
    purpose=_("Queues, numbers and states with which the program works."),
    basis=_("No personal data of its own: numbers of rows, which mean nothing outside"),
    people=NOBODY,
    recipients=_("The operator of the installation"),
    source=_("Written by the program"),
    keeping=(Keeping.COPY,),
)

ACTIVITIES = (
    CARE,
    RECORD,
    CONSENT,
    PROMISES,
    ORDERS,
    MAIL,
    TELEPHONE,
    SEARCH,
    SATISFACTION,
    PROBLEMS,
    PROGRAMS,
    KNOWLEDGE,
    RIGHTS,
    WORK,
    SIGN_IN,
    TRAIL,
    NOTICES,
    OWN_PAGE,
    COMPANY,
    FIGURES,
    MACHINERY,
)
"""In the order of the record."""
