"""What scripts of every library have in common: their opening, and values written as code."""

from __future__ import annotations

import ast
import json
import re
import textwrap
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from declarations import Declared
from engine.compile.tracing import LIMIT
from engine.export.source import Translate, as_it_is
from engine.export.trees import WIDTH, written
from engine.run.seen import noise_draws
from engine.setup.experiment import Experiment
from engine.setup.link import query
from surfaces.base import Array, Surface

OPENING = '''"""{title}

Every lane starts at the same point with fresh memory and follows its own rule for the same
number of steps. Run the script to see where they end; paths() returns the way they went.
"""

# The same experiment in the app: ?{link}

{imports}

START = {start}
STEPS = {steps}
LIMIT = {limit}  # a lane that leaves it, or is no longer a number, has diverged
'''

NOISE = """
SIGMA, SEED = {sigma!r}, {seed}
DRAWS = np.random.default_rng(SEED).standard_normal((STEPS + 1, 2))
NOISE = SIGMA * DRAWS

# NumPy may change these draws from one version to the next. The app made them with NumPy
# {version}; the number below, of the draws to six decimals, tells whether they are the same.
if zlib.crc32(np.round(1e6 * DRAWS).astype("<i8").tobytes()) != {checksum}:
    warnings.warn(
        f"NumPy {{np.__version__}} draws other noise from seed {{SEED}} than NumPy {version} did: "
        "the paths will differ from the app's.",
        stacklevel=1,
    )
"""

NOISY = '''
class Noisy:
    """The surface as a rule sees it at one step: its gradient is off by one draw of noise."""

    def __init__(self, surface, draw):
        self.surface = surface
        self.draw = draw{passed}

    def gradient(self, w):
        return self.surface.gradient(w) + self.draw
'''


def opening(experiment: Experiment, library: str, imports: Mapping[str, str]) -> str:
    """Return a script's docstring, imports and constants."""
    rules = dict.fromkeys(lane.optimizer.title for lane in experiment.lanes)
    noisy = {"warnings": "import warnings", "zlib": "import zlib"} if experiment.noise else {}
    text = OPENING.format(
        title=textwrap.fill(f"{experiment.surface.title} in {library}: {', '.join(rules)}.", WIDTH),
        link=query(experiment),
        imports=_sorted_imports({**imports, **noisy}.values()),
        start=tuple(float(w) for w in experiment.start),
        steps=experiment.steps,
        limit=f"{LIMIT:g}".replace("+", ""),
    )
    if not experiment.noise:
        return text
    return text.rstrip("\n") + NOISE.format(
        sigma=float(experiment.noise),
        seed=experiment.seed,
        version=np.__version__,
        checksum=checksum(noise_draws(1.0, experiment.seed, experiment.steps)),
    )


def checksum(draws: Array) -> int:
    """Return a number that tells draws apart; rounding in their last digits leaves it alone."""
    return zlib.crc32(np.round(1e6 * draws).astype("<i8").tobytes())


def instance(value: Declared) -> str:
    """Return the code that makes a value: its class called with all its settings."""
    return call(type(value).__name__, value.settings())


def call(function: str, arguments: dict[str, Any], first: str = "") -> str:
    """Return a call as code, `first` being an argument without a name."""
    named = [f"{name}={plain(value)}" for name, value in arguments.items()]
    return f"{function}({', '.join([first, *named] if first else named)})"


def plain(value: Any) -> str:
    """Return a number, truth value or word as Python writes it."""
    if isinstance(value, tuple):
        return f"({', '.join(map(plain, value))})"
    return repr(value.item() if isinstance(value, np.generic) else value)


def quoted(text: str) -> str:
    """Return a text of printable characters as a string in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def table(name: str, rows: Iterable[Iterable[str]]) -> str:
    """Return the definition of a tuple of tuples, an entry a line."""
    body = "".join(f"    (\n{''.join(map(_entry, row))}    ),\n" for row in rows)
    return f"{name} = (\n{body})\n"


def assembled(*parts: str) -> str:
    """Return a script's parts two blank lines apart, ending in one newline."""
    return "\n\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def what_is_seen(experiment: Experiment) -> str:
    """Return what a rule sees of the loss at step t as code: all of it, or a batch, and noise."""
    part = "SURFACE.seen(t + 1)" if experiment.surface.changes else "SURFACE"
    return f"Noisy({part}, NOISE[t])" if experiment.noise else part


_ASKED = r"\b(surface|SURFACE)(\.seen\(t \+ 1\))?"
"""The loss in code, or what a step sees of it."""


def surface_methods(rules: str, surface: Surface) -> tuple[str, ...]:
    """Return which of a surface's methods the rules' code asks for; the loss itself always."""
    wanted = ("value", "gradient", "hessian")
    part = ("seen",) if surface.changes else ()
    return (
        "f",
        *part,
        *(name for name in wanted if re.search(rf"{_ASKED}\.{name}\(", rules)),
    )


def own_lines(surface: Surface, translate: Translate = as_it_is) -> dict[str, str]:
    """Return the source of those methods of a surface that stand in no file, by name."""
    trees = {name: ast.parse(text).body[0] for name, text in surface.lines().items()}
    return {name: written(translate(tree, frozenset())) for name, tree in trees.items()}


def noisy(asked: Iterable[str]) -> str:
    """Return the class that adds a draw of noise to the gradient, and passes the rest on."""
    others = [name for name in asked if name in ("value", "hessian")]
    passed = "".join(f"\n        self.{name} = surface.{name}" for name in others)
    return NOISY.replace("{passed}", passed)


def reserved() -> dict[str, Any]:
    """Return the names that every script uses itself, so that nothing collected takes them."""
    names = "START STEPS LIMIT SIGMA SEED DRAWS NOISE SURFACE LANES Noisy run paths main w t"
    return dict.fromkeys((*names.split(), "warnings", "zlib"), "the script's own")


def _entry(text: str) -> str:
    if len(text) + 9 <= WIDTH:
        return f"        {text},\n"
    function, _, rest = text.partition("(")
    lines = textwrap.wrap(rest[:-1], WIDTH - 12, break_long_words=False, break_on_hyphens=False)
    body = "".join(f"            {line}\n" for line in lines)
    return f"        {function}(\n{body}        ),\n"


def _sorted_imports(imports: Iterable[str]) -> str:
    """Return import statements as linters want them: the standard library, then the rest."""
    lines = sorted(imports, key=lambda line: (line.startswith("from"), line.lower()))
    other = [line for line in lines if line.split()[1].split(".")[0] in ("numpy", "torch")]
    groups = ([line for line in lines if line not in other], other)
    return "\n\n".join("\n".join(group) for group in groups if group)
