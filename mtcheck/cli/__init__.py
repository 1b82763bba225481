"""The command line: arguments in, exit status out."""

from mtcheck.cli.app import main

__all__ = ["main"]
