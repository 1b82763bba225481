"""An archive run: order, faults, kills and resuming. Nothing is lost and nothing is doubled."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mtcheck.cli.app import app
from mtcheck.engines import journal
from mtcheck.engines.articles import articles
from mtcheck.engines.pool import Failed, PoolError, in_order
from mtcheck.engines.summary import Summary, as_page

BAD = "Mr Poutine said the the bridge in Moscou was closed. ."
SOUND = "The mayor opened the bridge in the morning, and everybody went home."


def run(*arguments: str | int | Path) -> Any:
    result = CliRunner().invoke(app, ["archive", *map(str, arguments), "--model", "none", "--no-config"])
    assert "Traceback" not in result.output
    return result


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / journal.ROWS).read_text("utf-8").splitlines()]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "inner").mkdir(parents=True)
    for i in range(12):
        text = f"Report {i}. {BAD if i % 3 == 0 else SOUND}"
        (folder / ("inner" if i % 2 else ".") / f"{i:02}.txt").write_text(text, "utf-8")
    lines = [
        {"id": "first", "text": BAD, "date": "2024-03-01", "source": "wire"},
        {"url": "https://example.org/2", "headline": SOUND, "published": "2024-04-09T10:00:00Z"},
    ]
    (tmp_path / "feed.jsonl").write_text("\n".join([json.dumps(x) for x in lines] + ["{", "[]", ""]), "utf-8")
    return folder


def test_every_article_has_its_row_in_order_whatever_the_number_of_workers(
    archive: Path, tmp_path: Path
) -> None:
    feed = tmp_path / "feed.jsonl"
    made = []
    for jobs in (1, 2, 5):
        out = tmp_path / f"out{jobs}"
        assert run(archive, feed, "--out", out, "--jobs", jobs).exit_code == 1
        made.append((out / journal.ROWS).read_bytes())
    assert made[0] == made[1] == made[2]
    found = rows(tmp_path / "out1")
    names = [Path(r["file"]).stem for r in found]
    assert names == sorted(names[:6]) + sorted(names[6:12]) + ["feed"] * 4
    assert [(r["id"], r["row"]) for r in found[12:]] == [
        ("first", 1),
        ("https://example.org/2", 2),
        (f"{feed}:3", 3),
        (f"{feed}:4", 4),
    ]
    line = feed.read_text("utf-8").splitlines()[0]
    for f in found[12]["findings"]:
        assert line[f["start"] : f["end"]] == f["match"]
    assert [r.get("error") for r in found[14:]] == ["no JSON in UTF-8", "no object"]
    dead = (tmp_path / "out1" / "dead-letters.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(d) for d in dead] == found[14:]
    counts = json.loads((tmp_path / "out1" / "summary.json").read_text("utf-8"))
    assert (counts["articles"], counts["with_findings"], counts["failed"]) == (16, 5, 2)
    assert counts["months"]["2024-03"]["findings"] == 4
    assert counts["worst"][0]["findings"] == 4


def test_parquet_is_read_by_its_rows(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"id": ["a", "b", None], "text": [BAD, None, SOUND], "date": ["2024-01-02", None, None]})
    pq.write_table(table, tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 no table")
    pq.write_table(pa.table({"title": ["x"]}), tmp_path / "c.parquet")
    assert run(*(tmp_path / f"{n}.parquet" for n in "abc"), "--out", tmp_path / "out").exit_code == 1
    found = rows(tmp_path / "out")
    assert [len(r["findings"]) if "findings" in r else r["error"][:14] for r in found] == [
        4,
        "text is no tex",
        0,
        "no Parquet tha",
        "no column text",
    ]


@pytest.mark.parametrize("keep", ["nothing", "a torn row", "half", "all rows", "all"])
def test_a_run_goes_on_where_it_stopped(archive: Path, tmp_path: Path, keep: str) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    run(archive, "--out", whole)
    run(archive, "--out", out)
    content = (out / journal.ROWS).read_bytes()
    ends = [i + 1 for i, b in enumerate(content) if b == 10]
    kept = {
        "nothing": b"",
        "a torn row": content[: ends[3] + 40],
        "half": content[: ends[5]],
        "all rows": content,
        "all": content,
    }
    (out / journal.ROWS).write_bytes(kept[keep])
    if keep != "all":
        (out / "summary.json").unlink()
        (out / "dead-letters.jsonl").unlink()
    assert run(archive, "--out", out, "--resume").exit_code == 0
    for name in ("articles.jsonl", "summary.json", "summary.html", "dead-letters.jsonl"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def test_every_cut_of_the_last_row_is_mended(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(archive, "--out", out)
    file = out / journal.ROWS
    content = file.read_bytes()
    about = json.loads((out / journal.ABOUT).read_text("utf-8"))
    last = content[:-1].rindex(b"\n") + 1
    for cut in range(last, len(content)):
        file.write_bytes(content[:cut])
        opened = journal.Journal(out, about, resume=True)
        opened.close()
        assert opened.done == 11
        assert file.read_bytes() == content[:last]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda o, _: run(o["archive"], "--out", o["out"]), "holds a run already"),
        (lambda o, _: run(o["feed"], "--out", o["out"], "--resume"), "another inputs"),
        (lambda o, _: run(o["archive"], "--out", o["out"], "--resume", "--profile", "ci"), "another rules"),
        (lambda o, _: run(o["archive"], "--out", o["feed"]), "can't be written"),
    ],
)
def test_a_folder_of_another_run_is_refused_in_one_line(
    archive: Path, tmp_path: Path, change: Any, reason: str
) -> None:
    places = {"archive": archive, "feed": tmp_path / "feed.jsonl", "out": tmp_path / "out"}
    run(archive, "--out", tmp_path / "out")
    before = (tmp_path / "out" / journal.ROWS).read_bytes()
    result = change(places, None)
    assert result.exit_code == 2
    assert reason in result.output.replace("\n", " ")
    assert (tmp_path / "out" / journal.ROWS).read_bytes() == before


def test_an_archive_that_changed_meanwhile_is_not_mixed_up(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(archive, "--out", out)
    (archive / "00.txt").unlink()
    result = run(archive, "--out", out, "--resume")
    assert result.exit_code == 2
    assert "fewer articles" in result.output
    (archive / "00a.txt").write_text(SOUND, "utf-8")
    (archive / "inner" / "99.txt").write_text(SOUND, "utf-8")
    content = (out / journal.ROWS).read_bytes()
    (out / journal.ROWS).write_bytes(content[: content.index(b"\n") + 1])
    result = run(archive, "--out", out, "--resume")
    assert result.exit_code == 2
    assert "not the one" in result.output


def test_what_can_t_be_read_is_a_dead_letter_and_the_others_go_on(archive: Path, tmp_path: Path) -> None:
    (archive / "05.pdf").write_bytes(b"%PDF-1.4")
    (archive / "x.docx").write_bytes(b"PK no")
    (archive / "y.txt").write_bytes(b"\x00\x01\x02" * 90)
    missing = tmp_path / "missing.txt"
    result = run(archive, missing, archive / "05.pdf", "--out", tmp_path / "out")
    assert result.exit_code == 1
    failed = {Path(r["file"]).name for r in rows(tmp_path / "out") if "error" in r}
    assert failed == {"05.pdf", "x.docx", "y.txt", "missing.txt"}
    assert "16 articles" in result.output


class Faulty:
    """Does what the item says."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def __call__(self, item: str) -> str:
        if item == "raise":
            raise ValueError("a wrong\nitem")
        if item == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if item == "exit":
            os._exit(3)
        if item == "hang":
            time.sleep(60)
        if item.startswith("once") and self._folder is not None:
            mark = self._folder / item
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return item.upper()


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_worker_that_fails_takes_only_its_own_item_with_it(tmp_path: Path, jobs: int) -> None:
    items = ["a", "die", "b", "raise", "once1", "hang", "c", "exit", "once2", *map(str, range(40))]
    found = list(in_order(partial(Faulty, tmp_path), items, jobs=jobs, limit_s=1.5))
    assert [f if isinstance(f, str) else f.reason for f in found] == [
        "A",
        "the worker died (SIGKILL)",
        "B",
        "ValueError: a wrong item",
        "ONCE1",
        "not done within 1.5 seconds",
        "C",
        "the worker died (exit status 3)",
        "ONCE2",
        *map(str, range(40)),
    ]


def unable() -> Any:
    raise OSError("no model there")


def test_workers_that_can_t_begin_are_one_error() -> None:
    with pytest.raises(PoolError, match="no model there"):
        list(in_order(unable, ["a", "b"], jobs=2))


def test_little_is_taken_before_it_is_needed() -> None:
    taken = 0

    def source() -> Any:
        nonlocal taken
        for i in range(10_000):
            taken += 1
            yield str(i)

    answers = in_order(Faulty, source(), jobs=2)
    assert next(answers) == "0"
    answers.close()
    assert taken < 100


def test_no_worker_outlives_its_run() -> None:
    import multiprocessing

    answers = in_order(Faulty, ["a", "hang", "b"], jobs=2)
    assert next(answers) == "A"
    answers.close()
    assert multiprocessing.active_children() == []


def started(archive: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mtcheck", "archive", str(archive), "--out", str(out), "--jobs", "2"]
    return subprocess.Popen(
        [*command, "--model", "none", "--no-config", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_run_killed_at_any_moment_ends_as_one_that_was_left_alone(tmp_path: Path, seed: int) -> None:
    """`tests/benchmarks/faults.py` does the same many more times."""
    chance = random.Random(seed)
    folder, whole, out = tmp_path / "archive", tmp_path / "whole", tmp_path / "out"
    folder.mkdir()
    for i in range(150):
        (folder / f"{i:03}.txt").write_text(f"Report {i}. {BAD}\n\n" * chance.randint(1, 40), "utf-8")
    run(folder, "--out", whole)
    first = started(folder, out)
    rows_file = out / journal.ROWS
    wanted = chance.randint(0, rows_size(whole) * 3 // 4)
    until = time.monotonic() + 60
    while time.monotonic() < until and not (rows_file.exists() and rows_file.stat().st_size >= wanted):
        time.sleep(0.002)
    first.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
    first.communicate(timeout=60)
    again = started(folder, out, "--resume")
    _, said = again.communicate(timeout=120)
    assert again.returncode == 0, said
    for name in ("articles.jsonl", "summary.json", "dead-letters.jsonl"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def rows_size(out: Path) -> int:
    return (out / journal.ROWS).stat().st_size


def test_a_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    out = tmp_path / "out"
    out.mkdir()
    (out / journal.ROWS).symlink_to("/dev/full")
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    about = {"inputs": [str(tmp_path / "a.txt")]}
    (out / journal.ABOUT).write_text(json.dumps(about), "utf-8")
    monkeypatch.setattr(journal.Journal, "_whole_rows", lambda _: 0)
    monkeypatch.setattr(journal.Journal, "_check", lambda *_: None)
    result = run(tmp_path / "a.txt", "--out", out, "--resume")
    assert result.exit_code == 2
    assert "No space left" in result.output
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "\x1b[31m", "\u202e", "a" * 5000])
def test_the_page_of_an_archive_shows_names_as_text(hostile: str) -> None:
    summary = Summary()
    finding = {"detector": "exonym", "category": "entity", "score": 0.9, "because": {"language": hostile}}
    summary.add({"id": hostile, "words": 9, "source": hostile, "date": hostile, "findings": [finding]})
    summary.add({"id": "b", "error": hostile})
    page = as_page(summary.as_dict())
    assert "<script>" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_rows_that_are_no_articles_say_why(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(
        b'\xef\xbb\xbf{"text": "Fine."}\n\xff\xfe\n' + b"[" * 100_000 + b'\n\n{"id": [1], "text": 3}\n'
    )
    found = list(articles([str(file), "-"]))
    assert [(a.row, a.wrong) for a in found] == [
        (1, ""),
        (2, "no JSON in UTF-8"),
        (3, "no JSON in UTF-8"),
        (5, ""),
        (0, "an archive is not read from standard input"),
    ]
    assert found[3].id == f"{file}:5"
    assert Failed("x").reason == "x"
