"""Causes behind many concerns: the list, one of them, and telling everybody affected."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.problems import telling, views

urlpatterns: list[URLPattern] = [
    path("", views.problems, name="problems"),
    path("new/", views.new, name="new_problem"),
    path("<int:problem_id>/", views.problem, name="problem"),
    path("<int:problem_id>/change/", views.change, name="change_a_problem"),
    path("<int:problem_id>/fixed/", views.fixed, name="problem_fixed"),
    path("<int:problem_id>/not-fixed/", views.not_fixed, name="problem_not_fixed"),
    path("<int:problem_id>/tell/", telling.tell, name="tell_affected"),
    path("<int:problem_id>/told/", telling.told, name="problem_told"),
    path("<int:problem_id>/stop/", telling.stop, name="stop_letters"),
]
