"""The house rules that a machine can check."""

import ast
import importlib
import tomllib
from pathlib import Path

import pytest

from mtcheck.detectors import DETECTORS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mtcheck"
HEADS = ("Why:", "Looks at:", "Misses:", "False alarms:", "Source:")
DRAWERS = {"utils", "helpers", "common", "base", "misc", "manager"}

# A room may import the rooms of a lower number, and itself.
FLOORS = {
    "text": 0,
    "readers": 1,
    "lexicon": 1,
    "scoring": 2,
    "findings": 3,
    "compare": 4,
    "detectors": 4,
    "models": 4,
    "explain": 5,
    "check": 5,
    "reports": 6,
    "files": 6,
    "workflow": 6,
    "evaluate": 6,
    "training": 7,
    "editor": 7,
    "serve": 7,
    "engines": 7,
    "cli": 8,
    "__main__": 9,
    "__init__": 9,
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(dotted: str) -> str:
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(file: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{a.name}" for a in node.names]
    return [f for f in found if f.startswith("mtcheck.")]


@pytest.mark.parametrize("file", MODULES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_imports_point_down(file: Path) -> None:
    own = room("mtcheck." + ".".join(file.relative_to(PACKAGE).with_suffix("").parts))
    for target in imports(file):
        other = room(target)
        assert other in FLOORS, f"{other}: give the room a floor"
        assert other == own or FLOORS[other] < FLOORS[own], f"{own} imports {target}"


def test_no_detector_imports_another() -> None:
    for file in (PACKAGE / "detectors").glob("[a-z]*.py"):
        assert not [t for t in imports(file) if room(t) == "detectors"], file.name


def test_registry_is_complete() -> None:
    files = {f.stem for f in (PACKAGE / "detectors").glob("[a-z]*.py")}
    assert {d.id.replace("-", "_") for d in DETECTORS} == files
    assert len({d.id for d in DETECTORS}) == len(DETECTORS)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: d.id)
def test_detector_is_documented_and_has_cases_of_both_kinds(detector: object) -> None:
    id_ = detector.id  # type: ignore[attr-defined]
    module = importlib.import_module(f"mtcheck.detectors.{id_.replace('-', '_')}")
    text = module.__doc__ or ""
    places = [text.find(f"\n{head}") for head in HEADS]
    assert -1 not in places, f"{id_}: heads missing"
    assert places == sorted(places), f"{id_}: heads out of order"
    cases = tomllib.loads((ROOT / "tests" / "cases" / f"{id_}.toml").read_text("utf-8"))
    assert len(cases.get("flag", [])) >= 8, f"{id_}: at least 8 firing cases"
    assert len(cases.get("clean", [])) >= 8, f"{id_}: at least 8 quiet cases"


def test_every_case_file_has_a_detector() -> None:
    assert {f.stem for f in (ROOT / "tests" / "cases").glob("*.toml")} <= {d.id for d in DETECTORS}


@pytest.mark.parametrize("file", MODULES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_files_are_small_and_well_named(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 400
    assert file.stem not in DRAWERS
