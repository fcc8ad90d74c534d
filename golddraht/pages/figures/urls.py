"""Figures: for groups, for oneself, as a table, and the concerns behind them."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.figures import views

urlpatterns: list[URLPattern] = [
    path("", views.show_figures, name="figures"),
    path("mine/", views.show_own, name="own_figures"),
    path("csv/", views.figures_csv, name="figures_csv"),
    path("behind/", views.figure_behind, name="figure_behind"),
]
