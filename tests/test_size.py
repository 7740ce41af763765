"""Files and functions stay small enough to be read whole."""

import ast
from pathlib import Path

import pytest

from tests.test_imports import FILES, ROOT

MOST_LINES, MOST_OF_A_FUNCTION = 300, 40


def named(file):
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_file_fits_on_a_few_screens(file):
    assert len(Path(file).read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_function_fits_on_a_screen(file):
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {f.name: f.end_lineno - f.lineno + 1 for f in functions}
    assert {name: n for name, n in lengths.items() if n > MOST_OF_A_FUNCTION} == {}
