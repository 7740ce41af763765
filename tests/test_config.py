"""The settings without which a class of 200 would wait: they are in the repository and known."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

KEPT = {
    "runner.postScriptGC": False,  # a full garbage collection after every run costs 70 ms
    "server.fileWatcherType": "none",  # watching files makes 100 visitors at once wait 13 s
    "browser.gatherUsageStats": False,  # no request leaves the machine
    "server.maxMessageSize": 32,  # megabytes that one message of a page may have
    "client.showErrorDetails": "none",  # nobody sees a traceback
}


@pytest.mark.parametrize("name", KEPT)
def test_the_setting_is_kept(name):
    section, key = name.split(".")
    assert SETTINGS[section][key] == KEPT[name]


def test_streamlit_knows_every_setting():
    known = set(config.get_config_options())
    told = {
        f"{section}.{key}"
        for section, values in SETTINGS.items()
        for key, value in values.items()
        if not isinstance(value, dict)
    }
    assert told <= known


def test_requirements_are_ranges_that_were_tested():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    assert {line.split(">=")[0] for line in lines} >= {"streamlit", "numpy", "plotly"}
    assert all(">=" in line and ",<" in line for line in lines)


def test_the_version_is_the_same_wherever_it_is_written():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\nversion: {project['version']}\n" in cited
    assert f"\n## {project['version']}\n" in changes
    assert f"\nlicense: {project['license']}\n" in cited
