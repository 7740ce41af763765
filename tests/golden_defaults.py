"""Every default that a link may leave out, as it stood when the first link was shared.

Run as a script (`python -m tests.golden_defaults`), it adds entries that are new on a menu. It
never changes one that stands there: a link without that value would then mean something else.
"""

import json
from pathlib import Path

from declarations import declarations, defaults
from engine.setup.experiment import Experiment
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES

FILE = Path(__file__).with_suffix(".json")


def written(kind):
    """The defaults of a kind as links write them; a surface's start is what it leaves out too."""
    values = {k: d.write(defaults(kind)[k]) for k, d in declarations(kind).items()}
    start = getattr(kind(), "start", None)
    return values | ({"start": list(start)} if isinstance(start, tuple) else {})


def now():
    kinds = {"optimizers": OPTIMIZERS, "schedules": SCHEDULES, "surfaces": SURFACES}
    kinds["app"] = {"experiment": Experiment}
    return {menu: {key: written(kind) for key, kind in kinds[menu].items()} for menu in kinds}


def among(found, standing):
    """What is found of what stands."""
    if not (isinstance(standing, dict) and isinstance(found, dict)):
        return found
    return {key: among(found[key], standing[key]) for key in standing if key in found}


def merged(standing, found):
    """What stands, with what is new put beside it."""
    if not (isinstance(standing, dict) and isinstance(found, dict)):
        return standing
    return {
        key: merged(standing[key], found.get(key)) if key in standing else found[key]
        for key in (*standing, *(key for key in found if key not in standing))
    }


if __name__ == "__main__":
    table = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    FILE.write_text(json.dumps(merged(table, now()), indent=1) + "\n", encoding="utf-8")
