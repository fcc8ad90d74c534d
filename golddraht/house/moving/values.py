"""Values on their way into JSON and back."""

from __future__ import annotations

import base64
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast
from django.utils.duration import duration_string


class Unspeakable(TypeError):
    """A kind of value that an archive cannot hold yet."""


def spoken_value(value: Any) -> Any:
    """As it stands in the archive. Raises Unspeakable."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, list | tuple):
        return [spoken_value(one) for one in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        # What a JSON column holds is JSON already.
        return value
    raise Unspeakable(f"An archive cannot hold a {type(value).__name__}.")


def heard_value(field: Any, value: Any) -> Any:
    """As the field keeps it."""
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, ArrayField):
        return [heard_value(field.base_field, one) for one in value]
    if isinstance(field, SearchVectorField):
        return Cast(Value(value), SearchVectorField())
    return field.to_python(value)
