"""What was promised: the list of what is due, each promise's acts, and disturbances."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.promises import acts, danger, disturbance, views

urlpatterns: list[URLPattern] = [
    path("", views.promises, name="promises"),
    path("new/", acts.new_promise, name="new_promise"),
    path("disturbance/", disturbance.disturbance, name="disturbance"),
    path("disturbance/<int:disturbance_id>/", disturbance.outcome, name="disturbance_outcome"),
    path("<int:promise_id>/keep/", acts.keep, name="keep_promise"),
    path("<int:promise_id>/change/", acts.change, name="change_promise"),
    path("<int:promise_id>/danger/", danger.danger, name="promise_in_danger"),
    path("<int:promise_id>/all-clear/", danger.all_clear, name="promise_all_clear"),
]
