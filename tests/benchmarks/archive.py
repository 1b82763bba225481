"""Memory and speed of an archive run: `python tests/benchmarks/archive.py [--model M] [--articles N]`.

Prints the memory of all processes at its highest (proportional share, MB) for more and more
articles, and how fast one, two and more processes are against a plain scan in one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEXT = (
    "The council of the harbour town met on Monday to talk about the bridge, which has been closed since the "
    "spring. Its members agreed that the work should begin before winter, and that the ferry would run twice "
    "a day until then. Nobody in the hall had expected the vote to be so clear, said the mayor, who had "
    "warned of higher costs. Mr Poutine, the owner of the ferry, was not there.\n\n"
)


def processes(pid: int) -> list[int]:
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(q for p in below for q in processes(int(p)))]


def memory(pid: int) -> float:
    """Proportional share of all processes below `pid`, in MB."""
    total = 0
    for p in processes(pid):
        try:
            lines = Path(f"/proc/{p}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds and the highest memory."""
    began, most = time.perf_counter(), 0.0
    job = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    while job.poll() is None:
        most = max(most, memory(job.pid))
        time.sleep(0.05)
    return time.perf_counter() - began, most


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser()
    options.add_argument("--model", default="none")
    options.add_argument("--articles", type=int, default=10_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as work:
        environment = {**os.environ, "MTCHECK_CACHE": f"{work}/cache"}
        base = [sys.executable, "-m", "mtcheck"]
        last = ["--model", chosen.model, "--no-config"]
        number = 10
        folder = Path(work)
        while number <= chosen.articles:
            folder = Path(work) / f"in{number}"
            folder.mkdir()
            for i in range(number):
                (folder / f"{i:06}.txt").write_text(f"Report {i}. {TEXT * 4}", "utf-8")
            seconds, most = run(
                [*base, "archive", str(folder), "--out", f"{work}/o{number}", *last], environment
            )
            print(
                f"| {number} articles | {most:.0f} MB | {1000 * seconds / number:.2f} ms an article |",
                flush=True,
            )
            number *= 10
        scan = [*base, "scan", str(folder), *last, "--no-cache", "--format", "jsonl"]
        plain, _ = run(scan, environment)
        print(f"| scan | {plain:.1f} s | 1 |", flush=True)
        for jobs in (1, 2):
            out = f"{work}/jobs{jobs}"
            seconds, _ = run(
                [*base, "archive", str(folder), "--out", out, "--jobs", str(jobs), *last], environment
            )
            print(f"| archive --jobs {jobs} | {seconds:.1f} s | {plain / seconds:.2f} |", flush=True)
            seconds, _ = run([*scan, "--jobs", str(jobs)], environment)
            print(f"| scan --jobs {jobs} | {seconds:.1f} s | {plain / seconds:.2f} |", flush=True)


if __name__ == "__main__":
    main()
