"""`mtcheck eval` from the command line: formats, comparison, and a guard that can fail."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from evaluate_samples import all_records, clean_rows, marked_rows, write_lines
from typer.testing import CliRunner, Result

from mtcheck.cli.app import app
from mtcheck.evaluate.against import differences
from mtcheck.evaluate.budget import Budget, broken, load_budget, parse_recall
from mtcheck.evaluate.outcomes import Checker
from mtcheck.evaluate.plots import plot
from mtcheck.evaluate.results import measured

ROOT = Path(__file__).parent.parent
NEWS = ROOT / "corpora" / "news-first"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["eval", "--resamples", "100", *map(str, arguments)])


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    all_records(tmp_path, slips=3)
    return tmp_path


def test_markdown_shows_noise_first_with_floor_and_ceiling(sets: Path) -> None:
    told = run(*sorted(sets.glob("*.jsonl")))
    assert told.exit_code == 0, told.output
    assert told.output.index("## Noise") < told.output.index("## marked")
    for reading in ("mtcheck against all raters", "a rater against another", "every word flagged"):
        assert f"| {reading}" in told.output
    widths = {line.count("|") for line in told.output.split("\n\n")[4].splitlines()}
    assert len(widths) == 1


def test_json_can_be_read_back_and_compared(sets: Path, tmp_path: Path) -> None:
    told = run(sets / "marked.jsonl", sets / "clean_news.jsonl", "--format", "json")
    earlier = tmp_path / "earlier.json"
    earlier.write_text(told.stdout, "utf-8")
    assert json.loads(told.stdout)["version"] == 1
    again = run(sets / "marked.jsonl", sets / "clean_news.jsonl", "--against", earlier)
    assert again.exit_code == 0, again.output
    assert "| marked | hit_rate | 5 | +0.000 [+0.000, +0.000] | 1.000 | no |" in again.output


def test_a_change_for_the_worse_is_told(tmp_path: Path) -> None:
    before = measured(all_records(tmp_path), Checker(), resamples=200)
    after = measured(all_records(tmp_path, slips=15), Checker(), resamples=200)
    noise = next(d for d in differences(before, after) if d.dataset == "clean copy")
    assert noise.difference > 0
    assert noise.p < 0.05
    blind = measured(all_records(tmp_path), Checker(detectors=()), resamples=200)
    hits = next(d for d in differences(before, blind) if d.ratio == "hit_rate")
    assert (hits.difference, hits.p < 0.05) == (-1.0, True)


def test_the_page_is_whole_and_loads_nothing(sets: Path) -> None:
    page = run(*sorted(sets.glob("*.jsonl")), "--format", "html").stdout
    assert not re.search(r"(?:src|href)=|@import|url\(|<script", page)
    plots = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(plots) == 3  # reliability, precision and recall, noise and recall of the marked set
    for svg in plots:
        ElementTree.fromstring(svg)
    assert page.count("<table>") == page.count("</table>") > 5


def test_a_plot_escapes_its_title_and_puts_points_in_the_frame() -> None:
    svg = plot("a < b & c", [(0.0, 0.0), (5.0, 9.0)], x_label="x", y_label="y")
    root = ElementTree.fromstring(svg)
    dots = [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in root.iter("circle")]
    assert dots == [(46.0, 220.0), (308.0, 12.0)]


def test_the_guard_holds_and_breaks(sets: Path) -> None:
    files = sets / "marked.jsonl", sets / "clean_news.jsonl"
    assert run(*files, "--max-noise", "20", "--min-recall", "Fluency/Grammar:1").exit_code == 0
    loud = run(*files, "--max-noise", "1")
    assert loud.exit_code == 1
    assert "budget broken: noise: 9.0" in loud.stderr
    assert "at most 1 allowed" in loud.stderr
    rows = marked_rows()
    rows[0]["spans"] = [{"start": 0, "end": 3, "category": "Fluency/Grammar", "rater": "r1"}]
    write_lines(files[0], rows)
    deaf = run(*files, "--min-recall", "Fluency/Grammar:0.9")
    assert deaf.exit_code == 1
    assert "recall of Fluency/Grammar: 0.833 of 6 labels, at least 0.9 asked" in deaf.stderr


def test_what_was_not_measured_breaks_the_guard(sets: Path) -> None:
    unmeasured = run(sets / "marked.jsonl", "--max-noise", "5", "--min-recall", "Style:0")
    assert unmeasured.exit_code == 1
    assert unmeasured.stderr.count("budget broken") == 2


def test_the_budget_of_this_repository_holds_and_could_break() -> None:
    budget = load_budget(ROOT / "corpora" / "budget.toml")
    assert not budget.empty
    told = run(NEWS, "--split", "test", "--budget", ROOT / "corpora" / "budget.toml")
    assert told.exit_code == 0, told.stderr
    from mtcheck.evaluate.datasets import read_records

    blind = measured(read_records(NEWS, split="test"), Checker(detectors=()), resamples=100)
    assert len(list(broken(budget, blind))) == len(budget.min_recall)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("max-nose = 1", "unknown key max-nose"),
        ("max-noise = 'low'", "low"),
        ("min-recall = 1", "no table"),
        ("[min-recall]\nidiom = 2", "from 0 to 1"),
        ("max-noise = ", "budget.toml"),
    ],
)
def test_a_wrong_budget_file_is_refused(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "budget.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(ValueError, match=message):
        load_budget(file)


def test_options_of_the_guard() -> None:
    assert parse_recall(["set:kind:0.5"]) == {"set:kind": 0.5}
    for wrong in ("idiom", "idiom:x", ":0.5", "idiom:1.5", "idiom:nan"):
        with pytest.raises(ValueError, match="CATEGORY:SHARE"):
            parse_recall([wrong])
    assert Budget().empty


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.jsonl"], "nowhere.jsonl"),
        ([NEWS, "--format", "xml"], "no format"),
        ([NEWS, "--thresholds-from", "marked.jsonl"], "no clean copy"),
        ([NEWS, "--against", "marked.jsonl"], "marked.jsonl: not an earlier result"),
        ([NEWS, "--against", "trips.jsonl"], "trips.jsonl: no JSON"),  # many lines are no one value
        ([NEWS, "--min-recall", "idiom"], "CATEGORY:SHARE"),
    ],
)
def test_wrong_use_is_one_line(
    sets: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str | Path], message: str
) -> None:
    monkeypatch.chdir(sets)
    write_lines(sets / "marked.jsonl", marked_rows()[:1])
    told = run(*arguments)
    assert told.exit_code == 2
    assert message in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_precision_is_written_as_before(tmp_path: Path, sets: Path) -> None:
    write_lines(sets / "clean_news.jsonl", clean_rows(slips=1))
    out = tmp_path / "precision.json"
    told = run(
        sets / "marked.jsonl", sets / "trips.jsonl", sets / "clean_news.jsonl", "--write-precision", out
    )
    assert told.exit_code == 0, told.output
    # Five hits and one false alarm, one of each imagined; nobody looked for spans in the round trips.
    assert json.loads(out.read_text("utf-8"))["precision"] == {"repeated-word": 0.75}
