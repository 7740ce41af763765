"""PyTorch scripts of typed formulas and of losses of data learn from the app's own batches."""

from dataclasses import replace

import pytest

from engine.setup.experiment import Experiment, Lane
from optimizers import OPTIMIZERS
from surfaces import DATA
from surfaces.formula import Formula
from tests.test_many_rows import loss_of
from tests.with_torch.test_pytorch_script import assert_reproduced

LANES = tuple(Lane(OPTIMIZERS[rule]()) for rule in ("gradient_descent", "adam", "rmsprop"))

FORMULAS = (
    "x^2 + 2y^2 + a sin(3x)cos(2y)",
    "(1-x)^2 + 100(y - x^2)^2",
    "|x| + b|y - c|",
    "if(x < 0, x^2, d x) + max(y, -2y, a)",
    "log(1 + exp(x)) + sqrt(1 + y^2) + tanh(x y)",
)


def on(surface, noise=0.0):
    return replace(Experiment(lanes=LANES, steps=40, noise=noise).on(surface))


@pytest.mark.parametrize("noise", [0.0, 0.3])
@pytest.mark.parametrize("text", FORMULAS)
def test_typed_formulas(text, noise):
    assert_reproduced(on(Formula(text=text, a=0.7, b=1.5, a_range="0, 2"), noise))


@pytest.mark.parametrize("batch", ["all", "4"])
@pytest.mark.parametrize("key", DATA)
def test_losses_of_tables_and_their_batches(key, batch):
    assert_reproduced(on(DATA[key](batch=batch, shuffle="3")))


@pytest.mark.parametrize("batch", ["all", "16"])
@pytest.mark.parametrize("key", DATA)
def test_losses_of_a_file_s_rows_and_their_batches(key, batch):
    loss, held = loss_of(key, 300, batch=batch, replacement=True)
    assert_reproduced(on(loss))
    assert len(held.u) == 300
