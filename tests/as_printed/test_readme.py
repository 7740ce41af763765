"""The README's two examples, added to a copy as a reader would: a file and a row, the defaults
recorded as `tests/run` does, and for the surface what is seen in its first experiment.

They stand on the menus already, so that tests may know them by name; here they get names that no
test has heard of.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRINTED = re.compile(r"the whole of `(\w+)/(\w+)\.py`.*?```python\n(.*?)```", re.DOTALL)
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "test-results", ".*_cache")
WHOLE = (
    *("link", "declarations", "handles", "theory", "noise_floor", "prediction"),
    *("surface_minima", "imports", "optimizers_contract"),
)
"""Test files that look at whole menus; of the others run what bears the new name."""


def examples():
    found = PRINTED.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    return {folder: (name, code) for folder, name, code in found}


@pytest.mark.parametrize("folder", ["optimizers", "surfaces"])
def test_what_is_printed_is_the_file(folder):
    name, code = examples()[folder]
    assert (ROOT / folder / f"{name}.py").read_text(encoding="utf-8") == code


def renamed(code):
    """The same file under a name and a title that stand nowhere else."""
    code = re.sub(r"^class \w+\(", "class AsPrinted(", code, count=1, flags=re.MULTILINE)
    return re.sub(r'(title: ClassVar\[str\] = )"[^"]+"', r'\1"As printed"', code, count=1)


def add(root, folder, code):
    (root / folder / "as_printed.py").write_text(renamed(code), encoding="utf-8")
    menu = root / folder / "__init__.py"
    text = menu.read_text(encoding="utf-8")
    row = f"from {folder}.as_printed import AsPrinted\nfrom {folder}.base"
    text = text.replace(f"from {folder}.base", row, 1)
    text = re.sub(r"\n}\n", '\n    "as_printed": AsPrinted,\n}\n', text, count=1)
    assert text.count("AsPrinted") == 2
    menu.write_text(text, "utf-8")


def say_what_is_seen(root, name):
    """What the surface's first experiment shows: the same as under the name it has here."""
    with (root / "tests" / "test_first.py").open("a", encoding="utf-8") as file:
        file.write(f'\nSEEN["as_printed"] = SEEN["{name}"]\n')


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    root = tmp_path_factory.mktemp("copy") / "app"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    for folder, (_, code) in examples().items():
        add(root, folder, code)
    say_what_is_seen(root, examples()["surfaces"][0])
    subprocess.run([sys.executable, "-m", "tests.golden_defaults"], cwd=root, check=True)
    return root


def passes(root, *arguments):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
    return int(re.search(r"(\d+) passed", run.stdout)[1])


def test_every_test_that_bears_the_new_name_passes(copy):
    left_out = (f"--ignore=tests/{folder}" for folder in ("browser", "with_torch", "as_printed"))
    assert passes(copy, "-k", "as_printed", "tests", *left_out) > 200


def test_what_looks_at_whole_menus_passes(copy):
    files = [f"tests/test_{name}.py" for name in WHOLE]
    assert passes(copy, "-k", "not as_printed", *files) > 200
