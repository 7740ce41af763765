"""Momentum in other forms is PyTorch's SGD, held to SGD as its documentation writes it down."""

import ast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.export import pytorch_script
from engine.export.pytorch_rules import optimizer_code
from engine.setup.experiment import Experiment, Lane
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES

RAVINE = SURFACES["ravine"]()
FORMS = ["momentum_lecture", "momentum_ema"]


def sgd(call, w, steps):
    """Walk SGD as torch.optim.SGD's page has it: b = mu b + g from b = g on, w = w - lr b."""
    named = {one.arg: ast.literal_eval(one.value) for one in ast.parse(call).body[0].value.keywords}
    assert set(named) == {"lr", "momentum"}
    path, velocity = [np.array(w)], None
    for _ in range(steps):
        g = RAVINE.gradient(path[-1])
        velocity = g if velocity is None else named["momentum"] * velocity + g
        path.append(path[-1] - named["lr"] * velocity)
    return np.array(path)


@pytest.mark.parametrize("key", FORMS)
@given(lr=st.floats(1e-5, 0.02), beta=st.floats(0.0, 0.99))
@settings(max_examples=40)
def test_at_a_constant_rate_sgd_walks_the_same_path(key, lr, beta):
    rule = OPTIMIZERS[key](lr=lr, beta=beta)
    run = Experiment(lanes=(Lane(rule),), steps=60).on(RAVINE).runs()[0]
    code = optimizer_code(rule, SCHEDULES["constant"]())
    assert code.startswith("torch.optim.SGD(")
    np.testing.assert_allclose(sgd(code, run.x[0], 60), run.x, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("schedule", [key for key in SCHEDULES if key != "constant"])
def test_under_a_schedule_the_rule_keeps_its_own_lines(key, schedule):
    rule = OPTIMIZERS[key]()
    assert optimizer_code(rule, SCHEDULES[schedule]()) is None
    script = pytorch_script(Experiment(lanes=(Lane(rule, SCHEDULES[schedule]()),), steps=20))
    assert f"class {type(rule).__name__}" in script
    assert "torch.optim.SGD" not in script


def test_the_script_says_why_the_paths_are_the_same():
    script = pytorch_script(Experiment(steps=20))
    assert "# Momentum (lecture): its velocity is lr times that of SGD" in script
    assert "run_rule" not in script
