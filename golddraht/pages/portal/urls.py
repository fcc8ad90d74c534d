"""The pages of customers, reached by signed links."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.help.contracts import receipt
from golddraht.pages.portal.choice import choice
from golddraht.pages.portal.confirming import confirming
from golddraht.pages.portal.enclosed import enclosed
from golddraht.pages.portal.matter import matter
from golddraht.pages.portal.no_more import no_more
from golddraht.pages.portal.satisfaction import satisfaction
from golddraht.pages.portal.solution import solution
from golddraht.pages.portal.unsubscribe import unsubscribe

urlpatterns: list[URLPattern] = [
    path("geloest/<str:token>/", solution, name="portal_solution"),
    path("zufrieden/<str:token>/", satisfaction, name="portal_satisfaction"),
    path("nicht-mehr/<str:token>/", no_more, name="portal_no_more"),
    path("bestaetigen/<str:token>/", confirming, name="portal_confirm"),
    path("abmelden/<str:token>/", unsubscribe, name="portal_unsubscribe"),
    path("wahl/<str:token>/", choice, name="portal_choice"),
    path("anliegen/<str:token>/", matter, name="portal_matter"),
    path("beleg/<str:token>/", receipt, name="portal_receipt"),
    path("datei/<str:token>/", enclosed, name="portal_file"),
]
