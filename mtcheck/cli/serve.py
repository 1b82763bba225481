"""`mtcheck serve`: the HTTP API and the review page."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from mtcheck.cli.choices import load_wanted_scorer
from mtcheck.cli.scan import WRONG_USE
from mtcheck.cli.settings import settings
from mtcheck.findings import Profile

_NEEDED = "the server needs FastAPI and uvicorn; pip install 'mtcheck[web]'"
_PACKAGES = frozenset({"fastapi", "uvicorn", "jinja2", "python_multipart", "starlette", "pydantic"})


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen on; any other than loopback is open to the network.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8380,
    name: Annotated[
        list[str] | None, typer.Option(help="A name under which the server may be asked; repeatable.")
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(help="The file that keeps articles and decisions.", show_default="user data"),
    ] = None,
    model: Annotated[str | None, typer.Option(help="As in scan.")] = None,
    min_probability: Annotated[float | None, typer.Option(min=0, max=1, help="As in scan.")] = None,
    profile: Annotated[Profile | None, typer.Option(help="As in scan.")] = None,
    most_bytes: Annotated[int, typer.Option(min=1, help="The largest request.")] = 1 << 20,
    time_limit: Annotated[float, typer.Option(min=0.01, help="Seconds that one text may take.")] = 60.0,
    config: Annotated[Path | None, typer.Option(help="As in scan.")] = None,
    no_config: Annotated[bool, typer.Option("--no-config", help="As in scan.")] = False,
) -> None:
    """Serve the API (/v1, and LanguageTool's /v2/check) and a page for reviewing articles."""
    try:
        import python_multipart  # noqa: F401 (FastAPI asks for it only when a form is declared)
        import uvicorn

        from mtcheck.serve.app import application
        from mtcheck.serve.guard import LOOPBACK
        from mtcheck.serve.listen import listening
        from mtcheck.serve.room import Room, Rules
        from mtcheck.serve.store import Store, usual_file
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        _refuse(_NEEDED)
    try:
        chosen = settings(
            only=[],
            skip=[],
            model=model,
            min_probability=min_probability,
            diff=None,
            baseline_file=None,
            update_baseline=False,
            fail_on=[],
            config=config,
            no_config=no_config,
            profile=profile,
        )
        scorer = load_wanted_scorer(chosen.model, chosen.wanted())
        rules = Rules(
            chosen.detectors, chosen.min_probability, chosen.names, chosen.profile, chosen.precision
        )
        kept = Store(store or usual_file())
        socket = listening(host, port)
    except (ValueError, OSError) as error:
        _refuse(str(error))
    room = Room(rules, scorer, limit_s=time_limit)
    hosts = {*LOOPBACK, host, *(name or [])}
    app = application(room, kept, hosts=hosts, most_bytes=most_bytes)
    shown = f"[{host}]" if ":" in host else host
    print(f"mtcheck: http://{shown}:{socket.getsockname()[1]}/ (Ctrl-C ends it)", file=sys.stderr, flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[socket])


def _refuse(reason: str) -> NoReturn:
    print(f"mtcheck: error: {reason}", file=sys.stderr)
    raise typer.Exit(WRONG_USE) from None
