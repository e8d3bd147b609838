"""The order in which files of tests begin."""

import pytest

from tests.longest import HERE, LONGEST, longest_first


@pytest.mark.parametrize("name", LONGEST)
def test_each_file_that_begins_early_is_there(name: str) -> None:
    assert (HERE / name).is_file()


def test_no_test_is_lost_by_the_order(request: pytest.FixtureRequest) -> None:
    ordered = list(request.session.items)
    longest_first(ordered)
    assert sorted(map(id, ordered)) == sorted(map(id, request.session.items))
