"""A long list in pages: everything on one of them, nothing on two, and no page beyond the last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.errors import Unknown
from budgetproto.web.paging import paged


@given(length=st.integers(0, 200), size=st.integers(1, 50))
def test_the_pages_together_are_the_list(length: int, size: int) -> None:
    entries = list(range(length))
    first = paged(None, length=length, size=size)
    each = [paged(str(number), length=length, size=size) for number in range(1, first.pages + 1)]
    assert each[0] == first
    assert [entry for page in each for entry in page.of(entries)] == entries
    assert all(len(page.of(entries)) <= size for page in each)


@pytest.mark.parametrize("asked", ["0", "4", "-1", "x", "", "1.5", "²", "9" * 40])
def test_a_page_there_is_not_is_unknown(asked: str) -> None:
    with pytest.raises(Unknown):
        paged(asked, length=90, size=30)
