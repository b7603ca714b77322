"""Which figures are too bad to land."""

import json


def failures(path, results, is_quick):
    """A sentence for each figure beyond its threshold. A quick run may miss a minimum by the tolerance in the file."""
    limits = json.loads(path.read_text())
    tolerance = limits["quick_tolerance"] if is_quick else 0.0
    found = []
    for result in results:
        for name, limit in limits["rows"].get(result.name, {}).items():
            figure = result.figures.get(name)
            if figure is None:
                continue  # the peer was left out, and the page says so
            if "minimum" in limit and figure < limit["minimum"] * (1 - tolerance):
                found.append(f"{result.name}: {name} is {figure:.2f}, at least {limit['minimum']} is needed")
            if "maximum" in limit and figure > limit["maximum"]:
                found.append(f"{result.name}: {name} is {figure:.2f}, at most {limit['maximum']} is allowed")
    return found
