from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.api.programs import Program, a_program
from tests.cast import Company


@pytest.fixture
def shop(company: Company) -> Program:
    """A program that speaks for Nina, who serves."""
    cache.clear()
    return a_program(company.nina)


@pytest.fixture
def office(company: Company) -> Program:
    """A program that speaks for Ada, who may do everything."""
    cache.clear()
    return a_program(company.ada)
