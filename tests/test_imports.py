"""Imports run one way, and only the interface knows of Streamlit."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = (
    "declarations",
    "surfaces",
    "optimizers",
    "schedules",
    "engine",
    "packets",
    "labs",
    "lessons",
    "interface",
    "app",
)
FILES = [
    file
    for layer in LAYERS
    for file in (*ROOT.glob(f"{layer}.py"), *sorted(ROOT.glob(f"{layer}/**/*.py")))
]


def layer(file):
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(file):
    """The modules that a file names in its import statements, wherever in it they stand."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide their direction"
            yield node.module


def test_the_house_is_found():
    assert {"declarations", "surfaces", "optimizers", "engine"} <= {layer(file) for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_run_one_way(file):
    rank = LAYERS.index(layer(file))
    ranks = {module: module.split(".")[0] for module in imported(file)}
    above = [m for m, top in ranks.items() if top in LAYERS and LAYERS.index(top) > rank]
    assert not above, f"{layer(file)} must not import {', '.join(above)}"


ROOMS = ("compile", "run", "notation", "setup", "theory", "study", "export")
"""The engine's rooms, from the ground floor up."""


@pytest.mark.parametrize(
    "file", sorted((ROOT / "engine").rglob("*/*.py")), ids=lambda file: str(file.relative_to(ROOT))
)
def test_imports_between_the_engines_rooms_run_one_way(file):
    rank = ROOMS.index(file.relative_to(ROOT).parts[1])
    rooms = {m: m.split(".")[1] for m in imported(file) if m.startswith("engine.")}
    assert [m for m, other in rooms.items() if ROOMS.index(other) > rank] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_only_the_interface_imports_streamlit(file):
    tops = {module.split(".")[0] for module in imported(file)}
    assert layer(file) in ("interface", "app") or not tops & {"streamlit", "starlette", "uvicorn"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_core_needs_numpy_alone(file):
    tops = {module.split(".")[0] for module in imported(file)}
    assert not tops & {"torch", "jax", "optax", "scipy", "hypothesis", "pytest", "tests"}
    assert layer(file) not in LAYERS[:5] or not tops & {"plotly"}
