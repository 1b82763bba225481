"""How fast the scorer is, as ratios within one run: `python tests/benchmarks/scorer.py [--model M]`.

Not a test: the numbers depend on the machine, so nothing here passes or fails.
minicons is measured too where it is installed (pip install minicons).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import torch

from mtcheck.models import find_model
from mtcheck.scoring.masked_lm import MaskedLM
from mtcheck.text import Document

ROOT = Path(__file__).parent.parent.parent
ARTICLES = ROOT / "corpora" / "news-first" / "articles"


def sample(words: int) -> Document:
    """About so many words of our own articles, round and round."""
    texts = [f.read_text("utf-8") for f in sorted(ARTICLES.glob("*.txt"))]
    parts: list[str] = []
    count = 0
    while count < words:
        parts.append(texts[len(parts) % len(texts)])
        count += len(parts[-1].split())
    return Document("\n\n".join(parts))


def timed(work: Callable[[], Any], repeats: int = 3) -> tuple[float, Any]:
    """The best of a few runs, in seconds, and what the last returned."""
    best, result = float("inf"), None
    for _ in range(repeats):
        begun = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - begun)
    return best, result


def minicons(model: str, doc: Document) -> tuple[float, dict[str, list[tuple[str, float]]]] | None:
    """Words a second of minicons on the paragraphs of `doc`, and its bits of each token of some of them."""
    try:
        from minicons import scorer
    except ImportError:
        return None
    peer = scorer.MaskedLMScorer(model, "cpu", dtype=torch.float32)
    # transformers 5 has dropped the name that minicons calls.
    peer.tokenizer.batch_encode_plus = peer.tokenizer.__call__
    texts = [doc[p] for p in doc.paragraphs]
    begun = time.perf_counter()
    for at in range(0, len(texts), 8):
        peer.token_score(texts[at : at + 8], surprisal=True, base_two=True, PLL_metric="within_word_l2r")
    rate = len(doc.words) / (time.perf_counter() - begun)
    bits: dict[str, list[tuple[str, float]]] = {}
    for text in dict.fromkeys(texts[:20]):
        (tokens,) = peer.token_score([text], surprisal=True, base_two=True, PLL_metric="within_word_l2r")
        bits[text] = [(t, b) for t, b in tokens]
    return rate, bits


def largest_difference(scores: tuple[Any, ...], doc: Document, bits: dict[str, Any]) -> tuple[float, int]:
    """Largest difference in bits on words of one token, which both tools read alike, and how many."""
    by_span = {s.span: s.surprisal for s in scores}
    worst, compared = 0.0, 0
    for p in doc.paragraphs:
        theirs = list(bits.get(doc[p], ()))
        at = 0
        for w in doc.words_in(p):
            for i in range(at, len(theirs)):
                if theirs[i][0] == doc[w] and not (i + 1 < len(theirs) and theirs[i + 1][0].startswith("##")):
                    if by_span[w] is not None:
                        worst, compared = max(worst, abs(by_span[w] - theirs[i][1])), compared + 1
                    at = i + 1
                    break
    return worst, compared


def peak(kind: torch.dtype) -> float:
    """GFLOP/s of a large matrix product."""
    a, b = (torch.randn(2048, 2048, dtype=kind) for _ in range(2))
    seconds, _ = timed(lambda: a @ b, 5)
    return 2 * 2048**3 / seconds / 1e9


def command(*arguments: str) -> tuple[float, float]:
    """Seconds and megabytes of `mtcheck ...` in a process of its own."""
    code = (
        "import sys;from mtcheck.cli import main;sys.argv[0]='mtcheck'\n"
        "try: main()\nexcept SystemExit: pass\n"
        # Not getrusage: a child inherits its parent's peak there.
        "peak=[l for l in open('/proc/self/status') if l.startswith('VmHWM')]\n"
        "print(peak[0].split()[1], file=sys.stderr)"
    )
    begun = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return time.perf_counter() - begun, int(run.stderr.split()[-1]) / 1024


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=None)
    parser.add_argument("--words", type=int, default=1500)
    given = parser.parse_args()
    model = find_model(given.model)
    doc = sample(given.words)
    print(f"{len(doc.words)} words, {torch.get_num_threads()} threads, {Path(model).name}\n")
    rates: dict[str, float] = {}
    scores: dict[str, Any] = {}
    for name, options in {
        "exact fp32": {"exact": True, "bf16": False},
        "exact bf16": {"exact": True, "bf16": True},
        "cascade fp32": {"bf16": False},
        "cascade bf16": {"bf16": True},
    }.items():
        scorer = MaskedLM(model, **options)
        seconds, scores[name] = timed(partial(scorer.score, doc))
        rates[name] = len(doc.words) / seconds
    small = sample(min(given.words, 600))
    peer = minicons(model, small)
    print("| scorer | words/s | times minicons |\n| --- | ---: | ---: |")
    if peer is not None:
        print(f"| minicons | {peer[0]:.0f} | 1 |")
    for name, rate in rates.items():
        print(f"| {name} | {rate:.0f} | {'–' if peer is None else f'{rate / peer[0]:.1f}'} |")
    if peer is not None:
        own = MaskedLM(model, exact=True, bf16=False).score(small)
        print(
            "largest difference from minicons: {:.4f} bits on {} words".format(
                *largest_difference(own, small, peer[1])
            )
        )
    pairs = zip(scores["exact fp32"], scores["exact bf16"], strict=True)
    worst = max(abs(a.surprisal - b.surprisal) for a, b in pairs if a.surprisal is not None)
    print(f"largest difference of bf16 from fp32: {worst:.3f} bits")
    print(f"\nmatrix peak: {peak(torch.float32):.0f} GFLOP/s fp32, {peak(torch.bfloat16):.0f} bf16")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.txt"
        page.write_text(sample(500).text, "utf-8")
        scan = ("scan", str(page), "--exit-zero", "--model", model, "-f", "json")
        os.environ["MTCHECK_CACHE"] = folder
        print("\n| command | seconds | MB |\n| --- | ---: | ---: |")
        for title, arguments in {
            "--help": ("--help",),
            "one page, rules alone": (*scan[:3], "--model", "none"),
            "one page, no cache": (*scan, "--no-cache"),
            "one page, first time": scan,
            "one page again": scan,
        }.items():
            print("| {} | {:.2f} | {:.0f} |".format(title, *command(*arguments)))
        print("\n| words | seconds | MB |\n| ---: | ---: | ---: |")
        for times in (1, 4, 16):
            text = sample(1500 * times)
            page.write_text(text.text, "utf-8")
            print("| {} | {:.2f} | {:.0f} |".format(len(text.words), *command(*scan, "--no-cache")))
        print("\n| files | seconds | MB |\n| ---: | ---: | ---: |")
        for times in (1, 4, 16):
            many = Path(folder) / str(times)
            many.mkdir()
            for i in range(10 * times):
                (many / f"{i}.txt").write_text(sample(150).text, "utf-8")
            seconds, size = command("scan", str(many), *scan[2:], "--no-cache")
            print(f"| {10 * times} | {seconds:.2f} | {size:.0f} |")
    print(f"\n{json.dumps({k: round(v) for k, v in rates.items()})}")
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
