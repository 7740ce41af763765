"""Measures the engine beside its peers in one run and prints a Markdown table.

    pip install -r benchmarks/requirements.txt
    python -m benchmarks.engine

The contestants of a task take turns, so that a busy machine slows all of them alike; the table
gives medians, the least times, and their ratios to the engine's. Peers that are not installed are
left out. Compilation is never counted against a peer, but always against the engine's first
computation.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from engine.run.batch import outcomes
from engine.run.loop import AsWritten
from engine.run.run import Run
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS
from surfaces import SURFACES

ROUNDS = 13
STEPS = 500
ADAM, ROSENBROCK, HIMMELBLAU = (OPTIMIZERS["adam"], SURFACES["rosenbrock"], SURFACES["himmelblau"])
RATES = np.geomspace(1e-4, 1.0, 100)[:, None]
BETAS = np.linspace(0.0, 0.99, 100)[None, :]
STARTS = np.array(np.meshgrid(np.linspace(-6, 6, 200), np.linspace(-6, 6, 200)))
Contestants = dict[str, Callable[[], object]]


def sweep_by_hand() -> np.ndarray:
    """Adam over 100 x 100 settings, as fast as we could write it in NumPy.

    Rows of coordinates, every result written in place, the moments kept as m / (1 - beta1) and
    v / (1 - beta2), and all constants folded into one rate a step.
    """
    beta2, eps, shape = 0.999, 1e-8, (100, 100)
    w = np.empty((2, *shape))
    w[0], w[1] = -1.2, 1.0
    (x, y), m, v, g, work = (
        w,
        np.zeros_like(w),
        np.zeros_like(w),
        np.empty_like(w),
        np.empty_like(w),
    )
    (gx, gy), rate, beta1 = g, np.empty(shape), np.broadcast_to(BETAS, shape).copy()
    power1, power2, full_rate = np.ones_like(BETAS), 1.0, RATES * (1 - BETAS)
    for _ in range(STEPS):
        np.multiply(x, x, out=gx)
        np.subtract(y, gx, out=gy)
        np.multiply(gy, 200.0, out=gy)
        np.multiply(gy, x, out=gx)
        np.subtract(x, gx, out=gx)
        np.subtract(gx, 1.0, out=gx)
        np.multiply(gx, 2.0, out=gx)
        np.multiply(m, beta1, out=m)
        np.add(m, g, out=m)
        np.multiply(v, beta2, out=v)
        np.multiply(g, g, out=g)
        np.add(v, g, out=v)
        power1 *= BETAS
        power2 *= beta2
        unscale = np.sqrt((1 - power2) / (1 - beta2))
        np.divide(full_rate * unscale, 1 - power1, out=rate)
        np.sqrt(v, out=work)
        np.add(work, eps * unscale, out=work)
        np.divide(m, work, out=work)
        np.multiply(work, rate, out=work)
        np.subtract(w, work, out=w)
    return w


def starts_by_hand() -> np.ndarray:
    """Adam from 200 x 200 starts on Himmelblau's function, likewise, in two halves."""
    return np.concatenate([_starts_by_hand(part) for part in np.split(STARTS, 2, axis=1)], axis=1)


def _starts_by_hand(start: np.ndarray) -> np.ndarray:
    lr, beta1, beta2, eps = 0.05, 0.9, 0.999, 1e-8
    w = start.copy()
    (x, y), m, v, g, work = (
        w,
        np.zeros_like(w),
        np.zeros_like(w),
        np.empty_like(w),
        np.empty_like(w),
    )
    (gx, gy), (p, q) = g, work
    for t in range(1, STEPS + 1):
        np.multiply(x, x, out=p)
        np.add(p, y, out=p)
        np.subtract(p, 11.0, out=p)
        np.multiply(y, y, out=q)
        np.add(q, x, out=q)
        np.subtract(q, 7.0, out=q)
        np.multiply(x, p, out=gx)
        np.multiply(gx, 2.0, out=gx)
        np.add(gx, q, out=gx)
        np.multiply(y, q, out=gy)
        np.multiply(gy, 2.0, out=gy)
        np.add(gy, p, out=gy)
        np.multiply(m, beta1, out=m)
        np.add(m, g, out=m)
        np.multiply(v, beta2, out=v)
        np.multiply(g, g, out=g)
        np.add(v, g, out=v)
        unscale = float(np.sqrt((1 - beta2**t) / (1 - beta2)))
        np.sqrt(v, out=work)
        np.add(work, eps * unscale / 2, out=work)
        np.divide(m, work, out=work)
        np.multiply(work, lr * (1 - beta1) / (1 - beta1**t) * unscale, out=work)
        np.subtract(w, work, out=w)
    return w


def written_sweep() -> np.ndarray:
    """Run the rule itself, each operation into a new array."""
    start = np.empty((2, 100, 100))
    start[0], start[1] = -1.2, 1.0
    return _written(ADAM(lr=RATES, beta1=BETAS), ROSENBROCK(), start)


def written_starts() -> np.ndarray:
    """Run the rule itself from the 40,000 starts."""
    return _written(ADAM(lr=0.05), HIMMELBLAU(), STARTS)


def written_single() -> np.ndarray:
    """Run the rule itself for one path, keeping only the end."""
    return _written(ADAM(), ROSENBROCK(), np.array(ROSENBROCK.start))


def _written(optimizer, surface, start) -> np.ndarray:
    run = AsWritten(optimizer, surface, start)
    for t in range(1, STEPS + 1):
        run.step(t, optimizer.lr)
    return run.w


def optax_contestants() -> tuple[Contestants, Contestants]:
    """Return the sweep and the starts in optax, compiled beforehand; empty without optax."""
    try:
        import jax
        import jax.numpy as jnp
        import optax
    except ImportError:
        return {}, {}
    jax.config.update("jax_enable_x64", True)

    def loss_rosenbrock(w):
        return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2

    def loss_himmelblau(w):
        return (w[0] ** 2 + w[1] - 11) ** 2 + (w[0] + w[1] ** 2 - 7) ** 2

    def run(loss, lr, beta1, start):
        rule = optax.adam(lr, b1=beta1)

        def step(carry, _):
            w, memory = carry
            update, memory = rule.update(jax.grad(loss)(w), memory)
            return (optax.apply_updates(w, update), memory), None

        return jax.lax.scan(step, (start, rule.init(start)), None, length=STEPS)[0][0]

    lr, beta1 = (jnp.asarray(np.broadcast_to(a, (100, 100)).ravel()) for a in (RATES, BETAS))
    sweep = jax.jit(jax.vmap(lambda r, b: run(loss_rosenbrock, r, b, jnp.array([-1.2, 1.0]))))
    starts = jax.jit(jax.vmap(lambda w: run(loss_himmelblau, 0.05, 0.9, w)))
    points = jnp.asarray(STARTS.reshape(2, -1).T)
    name = "optax, jit + vmap, compiled before"
    return (
        {name: lambda: sweep(lr, beta1).block_until_ready()},
        {name: lambda: starts(points).block_until_ready()},
    )


def race(contestants: Contestants, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Return each contestant's times in milliseconds over interleaved rounds."""
    for run in contestants.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            gc.collect()
            begun = time.perf_counter()
            run()
            times[name].append(1e3 * (time.perf_counter() - begun))
    return times


def report(task: str, times: dict[str, list[float]]) -> None:
    """Print the rows of one task; the first contestant is the engine."""
    engine = next(iter(times.values()))
    for name, own in times.items():
        ratio = statistics.median(own) / statistics.median(engine)
        cells = f"{statistics.median(own):.3g} ms | {min(own):.3g} ms"
        print(f"| {task} | {name} | {cells} | {ratio:.2f} | {min(own) / min(engine):.2f} |")


def peak_megabytes(run: Callable[[], object]) -> float:
    """Return the most memory that Python and NumPy held at once during a run."""
    run()
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


FIRST = """
import time
from engine.run.trajectory import trajectory
from optimizers import OPTIMIZERS
from surfaces import SURFACES
rules = [rule() for rule in list(OPTIMIZERS.values())[::4][:6]]
surface = SURFACES["rosenbrock"]()
begun = time.perf_counter()
for rule in rules:
    trajectory(rule, surface, surface.start, 500)
print(1e3 * (time.perf_counter() - begun))
"""
"""Six lanes in a process that has computed nothing yet; the import is not counted."""


def first_computation() -> float:
    """Return the milliseconds a fresh process needs for its first six lanes of 500 steps."""
    command = [sys.executable, "-c", FIRST]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print the table."""
    sweep_peer, starts_peer = optax_contestants()
    adam, valley, path = ADAM(lr=RATES, beta1=BETAS), ROSENBROCK(), ROSENBROCK.start
    hills, gentle = HIMMELBLAU(), ADAM(lr=0.05)

    def sweep() -> object:
        return outcomes(Run(adam, valley, path, STEPS))

    def starts() -> object:
        return outcomes(Run(gentle, hills, STARTS, STEPS))

    def single() -> object:
        return trajectory(Run(ADAM(), valley, path, STEPS))

    print("| task | by | median | least | median / engine | least / engine |")
    print("|---|---|---|---|---|---|")
    by_hand, as_written = "NumPy by hand, constants folded", "the rule as written, NumPy"
    rows = {"engine": sweep, by_hand: sweep_by_hand, as_written: written_sweep, **sweep_peer}
    report("Adam, 100 x 100 settings, Rosenbrock", race(rows))
    rows = {"engine": starts, by_hand: starts_by_hand, as_written: written_starts, **starts_peer}
    report("Adam, 200 x 200 starts, Himmelblau", race(rows))
    rows = {"engine, everything kept": single, as_written: written_single}
    report("Adam, one path, Rosenbrock", race(rows))
    first = statistics.median(first_computation() for _ in range(5))
    print(f"| six lanes, first in a process | engine | {first:.3g} ms | | | |")
    print(f"\nPeak memory: sweep {peak_megabytes(sweep):.1f} MB, ", end="")
    print(f"starts {peak_megabytes(starts):.1f} MB. All runs take {STEPS} steps.")


if __name__ == "__main__":
    main()
