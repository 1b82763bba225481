"""Small plots as SVG, drawn by hand: a frame, a grid, and lines or dots in it."""

from collections.abc import Sequence
from html import escape

Point = tuple[float, float]

_WIDTH, _HEIGHT = 320, 260
_LEFT, _TOP, _RIGHT, _BOTTOM = 46, 12, 12, 40


def plot(
    title: str,
    points: Sequence[Point],
    *,
    x_label: str,
    y_label: str,
    x_most: float = 1.0,
    y_most: float = 1.0,
    diagonal: bool = False,
    sizes: Sequence[float] = (),
) -> str:
    """One plot from 0 to `x_most` and `y_most`; `sizes` are the radii of the dots.

    A diagonal is where a perfectly calibrated checker would stand.
    """
    x_most, y_most = x_most or 1.0, y_most or 1.0
    wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def at(x: float, y: float) -> Point:
        return _LEFT + wide * min(x / x_most, 1.0), _TOP + high * (1 - min(y / y_most, 1.0))

    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
    ]
    for i in range(5):
        share = i / 4
        x, y = at(share * x_most, share * y_most)
        down = f"{share * y_most:.3g}"
        parts += [
            f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{_LEFT + wide}" y2="{y:.1f}"/>',
            f'<line class="grid" x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_TOP + high}"/>',
            f'<text class="tick" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{down}</text>',
            f'<text class="tick" x="{x:.1f}" y="{_TOP + high + 14}" text-anchor="middle">'
            f"{share * x_most:.3g}</text>",
        ]
    if diagonal:
        (x1, y1), (x2, y2) = at(0, 0), at(x_most, y_most)
        parts.append(f'<line class="ideal" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')
    placed = [at(x, y) for x, y in points]
    if len(placed) > 1:
        parts.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in placed)}"/>')
    for i, ((x, y), (px, py)) in enumerate(zip(points, placed, strict=True)):
        radius = sizes[i] if sizes else 3.0
        parts.append(
            f'<circle cx="{px:.1f}" cy="{py:.1f}" r="{radius:.1f}"><title>{x:.3g}, {y:.3g}</title></circle>'
        )
    parts += [
        f'<text x="{_LEFT + wide / 2}" y="{_HEIGHT - 6}" text-anchor="middle">{escape(x_label)}</text>',
        f'<text transform="translate(11 {_TOP + high / 2}) rotate(-90)" text-anchor="middle">'
        f"{escape(y_label)}</text>",
        "</svg>",
    ]
    return "".join(parts)
