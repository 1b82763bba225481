"""Kill an archive run at random moments and go on with it; compare with a run that was left alone.

Run as `python tests/benchmarks/faults.py [KILLS]`. Prints a table of faults and outcomes.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ARTICLES = 400
BAD = "Mr Poutine said the the bridge in Moscou was closed. . Nobody in the town was surprised by that.\n\n"
FAULTS = ("kill -9 of the run", "kill -9 of a worker", "SIGTERM", "SIGINT", "kill -9 and a torn row")


def started(folder: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mtcheck", "archive", str(folder), "--out", str(out), "--jobs", "2"]
    return subprocess.Popen(
        [*command, "--model", "none", "--no-config", *more], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def children(pid: int) -> list[int]:
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def main(kills: int) -> None:
    """Do `kills` faults in as many runs as it takes."""
    chance = random.Random(7)
    outcomes: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as work:
        folder, whole = Path(work) / "archive", Path(work) / "whole"
        folder.mkdir()
        for i in range(ARTICLES):
            (folder / f"{i:04}.txt").write_text(f"Report {i}. " + BAD * chance.randint(1, 30), "utf-8")
        started(folder, whole).communicate()
        wanted = {
            n: (whole / n).read_bytes() for n in ("articles.jsonl", "summary.json", "dead-letters.jsonl")
        }
        size, done, run = len(wanted["articles.jsonl"]), 0, 0
        while done < kills:
            run += 1
            out, faults = Path(work) / f"out{run}", []
            rows = out / "articles.jsonl"
            job = started(folder, out)
            while True:
                at = rows.stat().st_size if rows.exists() else 0
                until = at + chance.random() * (size - at) * 0.6
                while job.poll() is None and not (rows.exists() and rows.stat().st_size >= until):
                    time.sleep(0.001)
                if job.poll() is not None:
                    break
                fault = chance.choice(FAULTS)
                faults.append(fault)
                done += 1
                if fault == "kill -9 of a worker":
                    for worker in children(job.pid)[:1]:
                        os.kill(worker, signal.SIGKILL)
                    continue
                job.send_signal(
                    {"SIGTERM": signal.SIGTERM, "SIGINT": signal.SIGINT}.get(fault, signal.SIGKILL)
                )
                try:
                    said = job.communicate(timeout=60)[1]
                except subprocess.TimeoutExpired:
                    outcomes[fault, "hang"] += 1
                    return
                if b"Traceback" in said:
                    outcomes[fault, "traceback"] += 1
                if "torn" in fault and rows.exists() and rows.stat().st_size > 2:
                    with rows.open("r+b") as file:
                        file.truncate(rows.stat().st_size - chance.randint(1, min(200, rows.stat().st_size)))
                if len(faults) >= 6 or done >= kills:
                    job = started(folder, out, "--resume")
                    job.communicate()
                    break
                job = started(folder, out, "--resume")
            equal = all((out / n).read_bytes() == content for n, content in wanted.items())
            ids = [json.loads(line)["id"] for line in rows.read_text("utf-8").splitlines()]
            lost, doubled = ARTICLES - len(set(ids)), len(ids) - len(set(ids))
            for fault in faults:
                outcomes[fault, "equal" if equal else f"differs ({lost} lost, {doubled} doubled)"] += 1
    for (fault, outcome), number in sorted(outcomes.items()):
        print(f"| {fault} | {outcome} | {number} |")
    print(f"{done} faults in {run} runs of {ARTICLES} articles")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
