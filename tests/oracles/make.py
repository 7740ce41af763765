"""Makes the reference data beside this file: paths and rates computed by other libraries.

Run by hand, where torch, optax, jax and scikit-learn are installed:

    python tests/oracles/make.py

Each path is computed again with gradients that are off by a few units in the last place. How far
these paths stray from the first, so far, is its envelope: what rounding alone can do to it.
"""

import json
import platform
from importlib.metadata import version
from pathlib import Path

import jax
import numpy as np
import optax
import torch
from cases import OPTAX, TORCH
from losses import STARTS
from rates import rate_sequences
from sklearn.manifold._t_sne import _gradient_descent

HERE = Path(__file__).parent
STEPS = 300
REPEATS = 4
ULP = 2.0**-52

torch.set_default_dtype(torch.float64)
jax.config.update("jax_enable_x64", True)


def wobbles(repeats):
    """Factors near 1 on the point (row 0) and on the gradient (row 1); the first are exact."""
    draws = np.random.default_rng(1).standard_normal((repeats, STEPS, 2, 2))
    return np.concatenate((np.ones((1, STEPS, 2, 2)), 1 + 2 * ULP * draws))


def torch_path(make, settings, loss, start, wobble):
    w = torch.tensor(start, requires_grad=True)
    optimizer = make([w], **settings)
    path = [w.detach().clone().numpy()]
    for on_point, on_slope in torch.tensor(wobble):
        seen = (w.detach() * on_point).requires_grad_()
        loss(seen[0], seen[1], torch.sin).backward()
        w.grad = seen.grad * on_slope
        optimizer.step()
        path.append(w.detach().clone().numpy())
    return np.array(path)


def optax_path(make, settings, loss, start, wobble):
    rule = make(**settings)
    slope = jax.grad(lambda w: loss(w[0], w[1], jax.numpy.sin))

    def step(carry, factors):
        w, state = carry
        updates, state = rule.update(slope(w * factors[0]) * factors[1], state, w)
        w = optax.apply_updates(w, updates)
        return (w, state), w

    w = jax.numpy.array(start)
    _, path = jax.lax.scan(step, (w, rule.init(w)), jax.numpy.array(wobble))
    return np.concatenate((np.array([start]), np.asarray(path)))


def paths(trace, table):
    """Paths (cases, steps + 1, 2), their envelopes (cases, steps + 1) and what each one is."""
    labels, kept, envelopes = [], [], []
    for key, ours, make, theirs in table:
        for loss, start in STARTS.items():
            runs = np.array([trace(make, theirs, loss, start, w) for w in wobbles(REPEATS)])
            gap = np.abs(runs[1:] - runs[0]).max(axis=(0, 2))
            labels.append({"optimizer": key, "settings": ours, "surface": loss.__name__})
            kept.append(runs[0])
            envelopes.append(np.maximum.accumulate(gap))
    return {"cases": json.dumps(labels), "x": np.array(kept), "envelope": np.array(envelopes)}


def tsne_path(loss, start):
    """Paths of t-SNE's own gradient descent with gains, momentum 0: each row after one step."""
    rows = [np.array(start)]

    def objective(p, **_):
        w = torch.tensor(p, requires_grad=True)
        value = loss(w[0], w[1], torch.sin)
        value.backward()
        return value.item(), w.grad.numpy()

    for steps in range(1, 101):
        end, _, _ = _gradient_descent(
            objective,
            np.array(start),
            0,
            steps,
            n_iter_check=10**6,
            momentum=0.0,
            learning_rate=2e-4,
            min_gain=0.01,
        )
        rows.append(end)
    return np.array(rows)


def write(name, packages, **arrays):
    versions = {"python": platform.python_version()} | {p: version(p) for p in packages}
    np.savez_compressed(HERE / f"{name}.npz", versions=json.dumps(versions), **arrays)


if __name__ == "__main__":
    write("torch", ["torch", "numpy"], **paths(torch_path, TORCH))
    write("optax", ["optax", "jax", "jaxlib", "numpy"], **paths(optax_path, OPTAX))
    write("schedules", ["torch", "numpy"], **rate_sequences())
    tsne = {loss.__name__: tsne_path(loss, start) for loss, start in STARTS.items()}
    write("tsne", ["scikit-learn", "torch", "numpy"], **tsne)
