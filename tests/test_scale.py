"""Scales: places and values are each other's inverse, and the browser places values alike."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from declarations import Number, declarations
from declarations.scale import SCALES
from tests.strategies import KINDS, values

ROOT = Path(__file__).parent.parent
NUMBERS = [
    pytest.param(declared, id=f"{kind.__name__}.{name}")
    for kind in KINDS
    for name, declared in declarations(kind).items()
    if isinstance(declared, Number)
]
ANY = st.sampled_from([p.values[0] for p in NUMBERS])
FEW = [
    Number("v", "v", *ends, "", scale=scale)
    for scale, ends in {
        "linear": (-3.0, 8.0),
        "log": (0.0, 10.0),
        "towards one": (0.0, 0.9999),
    }.items()
]


@given(ANY.flatmap(lambda d: st.tuples(st.just(d), values(d))))
def test_the_value_at_a_values_place_is_the_value(pair):
    declared, value = pair
    axis = declared.axis
    again = float(axis.value(axis.place(value)))
    kept = axis.origin != 0 or value >= axis.nearest
    assert again == pytest.approx(value if kept else declared.low, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("declared", NUMBERS)
def test_places_rise_with_the_stops(declared):
    assert np.all(np.diff(declared.axis.place(declared.stops())) > 0)


@pytest.mark.parametrize("declared", FEW, ids=SCALES)
def test_the_browser_puts_values_where_python_does(declared):
    stops = list(declared.stops())
    handle = {
        "scale": declared.scale,
        "smallest": declared.axis.nearest,
        "limits": [declared.low, declared.high],
        "whole": False,
    }
    script = f"""
        import {{ between, place }} from {json.dumps(str(ROOT / "interface/stage/run/scale.js"))};
        const [handle, stops] = [{json.dumps(handle)}, {json.dumps(stops)}];
        const halves = stops.slice(1).map((v, k) => between(handle, [stops[k], v], 0.5));
        console.log(JSON.stringify([stops.map((v) => place(handle, v)), halves]));
    """
    run = subprocess.run(
        ["node", "--input-type=module"], input=script, capture_output=True, text=True, check=True
    )
    places, halves = json.loads(run.stdout)
    axis = declared.axis
    ours = axis.place(stops)
    np.testing.assert_allclose(places, ours, rtol=1e-12, atol=1e-12)
    middle = axis.value((ours[1:] + ours[:-1]) / 2)
    np.testing.assert_allclose(halves, middle, rtol=6e-3, atol=1e-9)
