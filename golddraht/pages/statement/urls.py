"""The monthly statement."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.statement import views

urlpatterns: list[URLPattern] = [
    path("", views.latest_statement, name="statement"),
    path("<slug:month>/", views.show_statement, name="statement_of_month"),
    path("<slug:month>/sheet.csv", views.statement_csv, name="statement_csv"),
]
