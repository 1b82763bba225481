"""The README says what is: its detector table is made from the docstrings."""

import re
from pathlib import Path

import pytest

from mtcheck.explain import detector_table
from mtcheck.readers import BINARY_READERS, READERS

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"(?<=<!-- detectors -->\n).*?(?=<!-- /detectors -->)", re.DOTALL)


def test_the_detector_table_is_current(request: pytest.FixtureRequest) -> None:
    text = README.read_text("utf-8")
    wanted = f"\n{detector_table().strip()}\n\n"
    if request.config.getoption("--update"):
        README.write_text(_BLOCK.sub(lambda _: wanted, text), "utf-8")
        return
    found = _BLOCK.search(text)
    assert found is not None
    assert found[0] == wanted, "run pytest --update"


@pytest.mark.parametrize("suffix", sorted(s for s in (*READERS, *BINARY_READERS) if s))
def test_every_format_is_listed(suffix: str) -> None:
    section = README.read_text("utf-8").partition("### Formats")[2].partition("\nFrom Python")[0]
    assert f"`{suffix}`" in section
