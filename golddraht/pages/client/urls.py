"""The client company's own view."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.client import views

urlpatterns: list[URLPattern] = [
    path("", views.month_so_far, name="client_month"),
    path("statement/", views.statements, name="client_statements"),
    path("statement/<slug:month>/", views.statement, name="client_statement"),
    path("statement/<slug:month>/sheet.csv", views.statement_sheet, name="client_statement_csv"),
    path("concerns/", views.concerns, name="client_concerns"),
    path("concerns/<spoken:number>/", views.concern, name="client_concern"),
]
