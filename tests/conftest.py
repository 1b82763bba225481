"""`pytest --update` rewrites what is made from the code; the diff is reviewed."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the README's detector table")
