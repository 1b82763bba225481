"""The loss of a run as a picture: a small SVG, so that a card needs no plotting library."""

from collections.abc import Sequence

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640, 280, 52, 36
_STEPS_AVERAGED = 5


def as_svg(curve: Sequence[tuple[int, float]]) -> str:
    """Return the curve of (step, nats) pairs, each the mean of a few neighbours; empty without points."""
    smooth = [
        (curve[i][0], sum(v for _, v in part) / len(part))
        for i in range(len(curve))
        for part in [curve[max(0, i - _STEPS_AVERAGED) : i + _STEPS_AVERAGED + 1]]
    ]
    if not smooth:
        return ""
    last = max(s for s, _ in smooth)
    low, high = min(v for _, v in smooth) - 0.1, max(v for _, v in smooth) + 0.1

    def x(step: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - 10) * step / last

    def y(value: float) -> float:
        return 10 + (_HEIGHT - _BOTTOM - 10) * (high - value) / (high - low)

    line = " ".join(f"{x(s):.1f},{y(v):.1f}" for s, v in smooth)
    marks = []
    for i in range(5):
        value, step = low + (high - low) * i / 4, last * i / 4
        marks.append(
            f'<line x1="{_LEFT}" x2="{_WIDTH - 10}" y1="{y(value):.1f}" y2="{y(value):.1f}" stroke="#ddd"/>'
            f'<text x="{_LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value:.2f}</text>'
            f'<text x="{x(step):.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{step:,.0f}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="11" role="img"><title>Training loss in nats a hidden token, by step</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(marks)}'
        f'<polyline points="{line}" fill="none" stroke="#2a6" stroke-width="2"/>'
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 4}" text-anchor="middle">step</text></svg>\n'
    )
