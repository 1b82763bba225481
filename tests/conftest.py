"""`pytest --update` rewrites what is made from the code; the diff is reviewed."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the README's detector table")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests never touch the cache of the person who runs them."""
    monkeypatch.setenv("MTCHECK_CACHE", str(tmp_path_factory.mktemp("cache")))
