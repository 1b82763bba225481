"""The review page in a real browser, by mouse, by keyboard and without a script."""

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import sync_playwright

from mtcheck.serve.app import application
from mtcheck.serve.guard import LOOPBACK
from mtcheck.serve.listen import listening
from mtcheck.serve.room import Room, Rules
from mtcheck.serve.store import Store

TEXT = """Mr Poutine said that the the bridge would stay closed.

Residents of Moscou had heard nothing of it. . They wrote <b>to</b> the mayor."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-quic",
]


def chromium() -> str | None:
    return next(
        (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = chromium()
    if program is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as p:
        made = p.chromium.launch(executable_path=program, args=FLAGS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = Store(tmp_path_factory.mktemp("desk") / "desk.sqlite")
    app = application(Room(Rules(), None, limit_s=30), store, hosts=LOOPBACK, most_bytes=1 << 20)
    socket = listening("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def opened(browser: Any, address: str, **options: Any) -> Any:
    page = browser.new_context(**options).new_page()
    page.goto(address)
    page.get_by_label("Article").fill(TEXT)
    page.get_by_label("Name").fill("bridge")
    page.get_by_role("button", name="Check").click()
    page.wait_for_url("**/articles/*")
    return page


def test_an_article_is_pasted_marked_decided_on_and_taken_away(
    browser: Any, address: str, tmp_path: Path
) -> None:
    page = opened(browser, address)
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    assert page.locator(".mark").all_inner_texts() == ["Poutine", "the the", "Moscou", ". ."]
    assert "<b>to</b>" in page.locator(".text").inner_text()
    color = page.locator(".mark").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert color not in {"rgba(0, 0, 0, 0)", "transparent"}, "the page's own style is let in"
    page.get_by_role("button", name="Use “Putin”").click()
    page.locator("li:target").get_by_role("button", name="False alarm").click()
    page.locator("li:target").get_by_label("Own words").fill("the capital")
    page.locator("li:target").get_by_role("button", name="Use", exact=True).click()
    page.get_by_text("1 open").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Edited text").click()
    edited = tmp_path / "edited.txt"
    download.value.save_as(edited)
    assert edited.read_text("utf-8") == TEXT.replace("Poutine", "Putin").replace("Moscou", "the capital")
    page.goto(address)
    with page.expect_download() as download:
        page.get_by_role("link", name="All decisions").click()
    decisions = tmp_path / "decisions.jsonl"
    download.value.save_as(decisions)
    rows = [json.loads(line) for line in decisions.read_text("utf-8").splitlines()]
    assert [(r["match"], r["accepted"]) for r in rows] == [
        ("Poutine", True),
        ("the the", False),
        ("Moscou", True),
    ]
    assert errors == []


def test_the_keyboard_alone_is_enough(browser: Any, address: str) -> None:
    page = opened(browser, address)
    for key, left in (("j", 4), ("a", 3), ("r", 2), ("a", 1)):
        page.keyboard.press(key)
        page.get_by_text(f"{left} open").wait_for()
    assert page.locator("li:target h2").inner_text() == ". ."
    assert page.evaluate("document.activeElement.id") == page.evaluate("location.hash").removeprefix("#")


def test_everything_works_without_a_script(browser: Any, address: str) -> None:
    page = opened(browser, address, java_script_enabled=False)
    page.get_by_role("button", name="Use “Putin”").click()
    page.get_by_text("3 open").wait_for()
    page.get_by_role("button", name="Take back").click()
    page.get_by_text("4 open").wait_for()
    page.get_by_role("button", name="Done").click()
    assert page.get_by_role("row", name="bridge").last.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_runs_off_the_side_and_everything_has_a_name(
    browser: Any, address: str, scheme: str, width: int
) -> None:
    page = opened(browser, address, color_scheme=scheme, viewport={"width": width, "height": 800})
    for _ in range(2):
        too_wide = page.evaluate(
            "[...document.querySelectorAll('body *')].filter(e => !e.closest('.wide') && "
            "e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"
        )
        assert too_wide == []
        unnamed = page.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]), textarea, button')]"
            ".filter(e => !e.labels?.length && !e.textContent.trim()).length"
        )
        assert unnamed == 0
        page.goto(address)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Any, address: str, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: a contrast of at least 4.5 to 1."""
    page = opened(browser, address, color_scheme=scheme)
    page.get_by_role("button", name="Use “Putin”").click()
    page.get_by_text("3 open").wait_for()
    page.wait_for_load_state()
    colors = page.evaluate(
        """() => {
          const ground = (e) => { for (; e; e = e.parentElement) {
            const c = getComputedStyle(e).backgroundColor;
            if (c !== "rgba(0, 0, 0, 0)") return c; } };
          return [...document.querySelectorAll("p, h1, h2, a, button, input, .text, label")]
            .map((e) => [getComputedStyle(e).color, ground(e), e.tagName]); }"""
    )
    assert len(colors) > 20
    for ink, ground, tag in colors:
        assert _contrast(ink, ground) >= 4.5, (tag, ink, ground)


def _contrast(ink: str, ground: str) -> float:
    first, second = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(color: str) -> float:
    parts = [int(n) / 255 for n in color[color.index("(") + 1 : -1].split(",")[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
