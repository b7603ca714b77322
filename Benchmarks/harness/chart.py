"""A chart that is drawn by hand: an SVG that needs no library and is readable on a light and on a dark page."""

import math

WIDTH, HEIGHT = 560, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 44, 44

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.title { font-weight: 600; font-size: 14px; }
.bar { fill: #2f6fab; }
.best { fill: #c4641a; }
.grid { stroke: #d0d7de; }
.one { stroke: #57606a; stroke-dasharray: 5 4; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .bar { fill: #5b9bd5; }
  .best { fill: #f0883e; }
  .grid { stroke: #3d444d; }
  .one { stroke: #9198a1; }
}
"""


def bars(title, unit, ratios):
    """A bar for each of 1, 2, 3, …, the highest in another colour, and a dashed line at one."""
    top = math.ceil(max(ratios) + 0.25)
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def y(ratio):
        return TOP + height * (1 - ratio / top)

    values = ", ".join(f"{number}: {ratio:.2f}" for number, ratio in enumerate(ratios, start=1))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" aria-labelledby="title description">',
        f'<title id="title">{title}</title>', f'<desc id="description">{unit}: {values}</desc>',
        f"<style>{STYLE}</style>", text(LEFT, 22, title, "start", "title")]
    for tick in range(top + 1):
        kind = "one" if tick == 1 else "grid"
        parts.append(f'<line class="{kind}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>')
        parts.append(text(LEFT - 8, y(tick) + 4, f"{tick} ×", "end"))
    step = width / len(ratios)
    for index, ratio in enumerate(ratios):
        middle = LEFT + step * (index + 0.5)
        kind = "bar best" if ratio == max(ratios) else "bar"
        parts.append(f'<rect class="{kind}" x="{middle - step * 0.3:.1f}" width="{step * 0.6:.1f}" '
                     f'y="{y(ratio):.1f}" height="{y(0) - y(ratio):.1f}"/>')
        parts.append(text(middle, y(ratio) - 6, f"{ratio:.2f}"))
        parts.append(text(middle, y(0) + 18, str(index + 1)))
    parts += [text(LEFT + width / 2, HEIGHT - 8, unit), "</svg>"]
    return "\n".join(parts) + "\n"


def text(x, y, words, anchor="middle", kind=""):
    name = f' class="{kind}"' if kind else ""
    return f'<text{name} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'
