"""How soon an editor shows findings: `python tests/benchmarks/editor.py [--model M] [--words N]`.

Not a test: seconds depend on the machine, so each stands beside its ratio to a
plain full check of the same page in this process. Scores are kept in a folder
of this run, so nothing is known beforehand.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp import LanguageClient, make_test_lsp_client

from mtcheck.check import check
from mtcheck.models import find_model, load_scorer
from mtcheck.text import Document

ROOT = Path(__file__).parent.parent.parent
ARTICLES = ROOT / "corpora" / "news-first" / "articles"
EDITS = 5


def page(words: int) -> str:
    """About so many words of our own articles."""
    parts: list[str] = []
    for file in sorted(ARTICLES.glob("*.txt")):
        parts.append(file.read_text("utf-8").strip())
        if sum(len(p.split()) for p in parts) >= words:
            break
    return "\n\n".join(parts) + "\n"


async def published(client: LanguageClient, count: int) -> list[float]:
    """When the next `count` lists of findings came."""
    times = []
    for _ in range(count):
        await asyncio.wait_for(client.wait_for_notification("textDocument/publishDiagnostics"), 120)
        times.append(time.perf_counter())
    return times


async def measured(text: str, model: str | None) -> dict[str, float]:
    """Seconds of a session: the start, both kinds of findings, an edit (the median of a few)."""
    client = make_test_lsp_client()
    begun = time.perf_counter()
    chosen = ["--model", model] if model else []
    await client.start_io(sys.executable, "-m", "mtcheck", "lsp", *chosen)
    asked: Any = types.ClientCapabilities()
    await client.initialize_session(types.InitializeParams(capabilities=asked))
    uri = "file:///page.txt"
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "plaintext", 1, text))
    )
    seconds = {}
    both = await published(client, 1 if model == "none" else 2)
    seconds["start to findings by rule"] = both[0] - begun
    if len(both) > 1:
        seconds["start to findings of the model"] = both[1] - begun
    edits = []
    middle = text.index("\n\n", len(text) // 2)
    for number in range(2, 2 + EDITS):
        text = f"{text[:middle]} Another {number} words{text[middle:]}"
        document = types.VersionedTextDocumentIdentifier(uri=uri, version=number)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        begun = time.perf_counter()
        client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))
        edits.append((await published(client, 1))[0] - begun)
    seconds["edit to all findings"] = sorted(edits)[EDITS // 2]
    await client.shutdown_session()
    return seconds


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--model")
    options.add_argument("--words", type=int, default=800)
    chosen = options.parse_args()
    text = page(chosen.words)
    scorer = None if chosen.model == "none" else load_scorer(find_model(chosen.model))
    check(Document("Load what is loaded once."), scorer=scorer)
    begun = time.perf_counter()
    check(Document(text), scorer=scorer)
    plain = time.perf_counter() - begun
    del scorer
    with tempfile.TemporaryDirectory() as cache:
        os.environ["MTCHECK_CACHE"] = cache
        seconds = asyncio.run(measured(text, chosen.model))
    print(f"{len(text.split())} words; a plain full check: {plain:.2f} s")
    for what, value in seconds.items():
        print(f"{what:32} {value:6.2f} s  {value / plain:6.2f} times the check")


if __name__ == "__main__":
    main()
