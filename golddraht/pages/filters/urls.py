"""Saved filters: one's own, those of others, and how they are shared."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.filters import acts, views

urlpatterns: list[URLPattern] = [
    path("", views.filters, name="filters"),
    path("new/", views.new, name="new_filter"),
    path("counts/", views.rail, name="filter_counts"),
    path("<int:filter_id>/", views.change, name="change_filter"),
    path("<int:filter_id>/take/", acts.take_over, name="pin_filter"),
    path("<int:filter_id>/leave/", acts.leave_out, name="unpin_filter"),
    path("<int:filter_id>/move/", acts.move, name="move_filter"),
    path("<int:filter_id>/remove/", acts.remove, name="remove_filter"),
    path("<int:filter_id>/bring-back/", acts.bring_back, name="bring_filter_back"),
    path("<int:filter_id>/inherit/", acts.inherit, name="inherit_filter"),
]
