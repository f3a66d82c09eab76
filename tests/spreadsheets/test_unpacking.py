"""What an archive unpacks to is bounded by what comes out of it, not by what it says of itself."""

import io
import zipfile

import pytest

from evaluation.spreadsheets.limits import MEBIBYTE, MOST_RATIO, Budget, check_directory, unpack
from evaluation.spreadsheets.model import Unreadable


def archive_of(*parts: bytes) -> zipfile.ZipFile:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, part in enumerate(parts):
            archive.writestr(f"{number}.xml", part)
    return zipfile.ZipFile(target)


def refusal(archive: zipfile.ZipFile, budget: Budget) -> str:
    with pytest.raises(Unreadable) as refused:
        unpack(archive, archive.infolist()[0], budget)
    return refused.value.code


@pytest.mark.parametrize(("size", "refused"), [(MEBIBYTE // 2, False), (2 * MEBIBYTE, True)])
def test_a_part_that_swells_is_refused_by_its_directory_and_while_it_is_unpacked(size: int, refused: bool) -> None:
    """Noughts pack a thousand to one; what is small may."""
    archive = archive_of(bytes(size))
    part = archive.infolist()[0]
    assert part.file_size > MOST_RATIO * part.compress_size
    if refused:
        assert refusal(archive, Budget()) == "too_large"
        with pytest.raises(Unreadable, match="too_large"):
            check_directory(archive)
    else:
        check_directory(archive)
        assert len(unpack(archive, part, Budget())) == size


def test_parts_share_one_budget() -> None:
    archive, budget = archive_of(b"a" * 600, b"b" * 600), Budget(1000)
    first, second = archive.infolist()
    assert len(unpack(archive, first, budget)) == 600
    with pytest.raises(Unreadable, match="too_large"):
        unpack(archive, second, budget)


def test_a_budget_may_be_spent_to_its_last_byte() -> None:
    archive = archive_of(b"a" * 600)
    assert len(unpack(archive, archive.infolist()[0], Budget(600))) == 600
    assert refusal(archive, Budget(599)) == "too_large"
