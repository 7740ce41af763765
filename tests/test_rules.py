"""Every printed update rule is carried out line by line and must do what its code did."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pytest

from declarations import Switch, declarations
from engine.notation import symbol
from engine.notation.printed import (
    Assignment,
    Comparison,
    Least,
    Power,
    Printed,
    Series,
    Sum,
    Symbol,
)
from engine.notation.rules import NOISE, POINT, TIME, carried_out, known, noisy, parameters, parsed
from engine.run.run import Run
from engine.run.seen import noise_draws
from engine.run.trajectory import Trajectory, trajectory
from optimizers import OPTIMIZERS, Optimizer
from schedules import SCHEDULES
from surfaces import SURFACES
from surfaces.base import Landscape
from tests.strategies import drawn

STEPS = 40
SEEDS = (1, 2, 3, 4)
SIGMAS = (0.0, 0.3, 0.3, 30.0, 30.0)
SAME = 1e-9
EVERY_RULE = pytest.mark.parametrize("key", OPTIMIZERS)
BUILT_IN = {Symbol(r"\pi"), Symbol("e"), Symbol("I"), Symbol(r"\infty")}


@dataclass(frozen=True)
class Observed:
    """A landscape as a run of several steps saw it: row by row, gradient noise included."""

    surface: Landscape
    noise: Any

    def value(self, w):
        return self.surface.value(w)

    def gradient(self, w):
        gradient = self.surface.gradient(w)
        return gradient if self.noise is None else gradient + self.noise

    def hessian(self, w):
        return self.surface.hessian(w)


class Case(NamedTuple):
    """A recorded run, and the rule and landscape it was made with."""

    optimizer: Optimizer
    landscape: Landscape
    run: Trajectory


def switched(key: str) -> list[Optimizer]:
    """Return the rule at its defaults, once for every state of its switches."""
    kind = OPTIMIZERS[key]
    names = [n for n, d in declarations(kind).items() if isinstance(d, Switch)]
    states = itertools.product((False, True), repeat=len(names))
    return [kind(**dict(zip(names, state, strict=True))) for state in states]


def cases(key: str) -> Iterator[Case]:
    """Yield runs with every switch state, at the defaults and drawn settings, on each surface.

    The drawn ones run under a schedule and with gradient noise, so that the rate in force and
    the gradient seen are what must stand in the formula.
    """
    plans = [(rule, 0) for rule in switched(key)]
    plans += [(drawn(rule, seed), seed) for rule in switched(key) for seed in SEEDS]
    for (optimizer, seed), name in itertools.product(plans, spread(list(SURFACES))):
        surface = SURFACES[name]()
        sigma = SIGMAS[seed]
        schedule = SCHEDULES["cosine" if seed else "constant"]()
        noise = noise_draws(sigma, seed, STEPS)[:-1].T if seed else None
        run = trajectory(
            Run(optimizer, surface, surface.start, STEPS, schedule=schedule, sigma=sigma, seed=seed)
        )
        yield Case(optimizer, Observed(surface, noise), run)


def spread(names: list[str]) -> list[str]:
    """Return up to three names: the first, the middle and the last."""
    return list(dict.fromkeys((names[0], names[len(names) // 2], names[-1])))


def gap(case: Case, lines: tuple[Assignment, ...], draws: Any = None) -> float:
    """Return how far the printed lines lead from what was recorded, relative to its size.

    Memory that no line names must have stayed as it was. Steps from divergence on say nothing.
    """
    values = known(case.optimizer, case.run)
    if draws is not None:
        values[NOISE] = draws
    with np.errstate(all="ignore"):
        for _, now in carried_out(lines, values, case.landscape):
            values = now
    rows = {POINT: case.run.x}
    for name, latex in case.optimizer.memory_symbols.items():
        rows[symbol(latex).at(0)] = case.run.memory[name]
    alive = np.isfinite(case.run.x[1:]).all(axis=1)
    assert alive.any()
    return max(_gap(values, name, recorded, alive) for name, recorded in rows.items())


def _gap(values: dict[Symbol, Any], name: Symbol, recorded: np.ndarray, alive: np.ndarray) -> float:
    before, after = recorded[:-1].T, recorded[1:].T
    printed = values.get(name, before)
    size = np.maximum(np.abs(before), np.abs(after)) + 1e-30
    with np.errstate(all="ignore"):
        worst = np.abs(printed - after) / size
    worst = np.where(np.isnan(printed) & np.isnan(after), 0, worst)[..., alive]
    return float(np.max(np.nan_to_num(worst, nan=np.inf)))


def parts(node: Any) -> Iterator[Printed]:
    """Yield a node and everything inside it."""
    if isinstance(node, Printed):
        yield node
    if isinstance(node, tuple):
        for part in node:
            yield from parts(part)
    elif is_dataclass(node):
        for field in fields(node):
            yield from parts(getattr(node, field.name))


def mutants(node: Any) -> Iterator[Any]:
    """Yield copies of a formula with one sign flipped, one power dropped, one relation negated."""
    if isinstance(node, Sum):
        for k, (sign, term) in enumerate(node.terms):
            flipped = ("-" if sign == "+" else "+", term)
            yield replace(node, terms=(*node.terms[:k], flipped, *node.terms[k + 1 :]))
    if isinstance(node, Power):
        yield node.base
    if isinstance(node, Comparison):
        opposite = {"=": r"\ne", r"\ne": "=", "<": r"\ge", ">": r"\le", r"\le": ">", r"\ge": "<"}
        yield replace(node, relations=(opposite[node.relations[0]], *node.relations[1:]))
    if isinstance(node, tuple):
        for k, part in enumerate(node):
            yield from ((*node[:k], mutant, *node[k + 1 :]) for mutant in mutants(part))
    elif is_dataclass(node):
        for field in fields(node):
            for mutant in mutants(getattr(node, field.name)):
                yield replace(node, **{field.name: mutant})


@EVERY_RULE
def test_the_printed_rule_does_what_the_code_does(key: str) -> None:
    for case in cases(key):
        assert gap(case, parsed(case.optimizer)) < SAME, case.optimizer


@EVERY_RULE
def test_with_noise_the_true_gradient_and_the_draw_stand_side_by_side(key: str) -> None:
    for case in cases(key):
        if case.landscape.noise is not None:
            beside = case._replace(landscape=Observed(case.landscape.surface, None))
            values = case.landscape.noise
            assert gap(beside, noisy(case.optimizer), values) < SAME, case.optimizer


@EVERY_RULE
def test_every_name_in_the_rule_is_explained(key: str) -> None:
    for optimizer in switched(key):
        memory = {symbol(latex) for latex in optimizer.memory_symbols.values()}
        explained = BUILT_IN | {TIME, POINT.at(-1), *parameters(optimizer)}
        explained |= {name.at(-1) for name in memory}
        for line in parsed(optimizer):
            bound = {n.variable for n in parts(line) if isinstance(n, Least | Series)}
            used = {n for n in parts(line.expression) if isinstance(n, Symbol)}
            assert used <= explained | bound, line
            explained.add(line.name)
        assert POINT in explained


@EVERY_RULE
def test_every_hyperparameter_and_memory_stands_in_the_rule(key: str) -> None:
    for number in parameters(switched(key)[0]):
        assert number in names(key), number
    for latex in switched(key)[0].memory_symbols.values():
        assert symbol(latex).at(0) in names(key), latex


@EVERY_RULE
def test_memory_symbols_name_the_memory(key: str) -> None:
    for optimizer in switched(key):
        fresh = optimizer.start(np.zeros(2))
        assert set(optimizer.memory_symbols) == set(getattr(fresh, "_fields", ()))
        assert len(set(optimizer.memory_symbols.values())) == len(optimizer.memory_symbols)


@EVERY_RULE
def test_a_wrong_sign_power_or_relation_would_be_noticed(key: str) -> None:
    recorded = list(cases(key))
    for rule in {parsed(case.optimizer) for case in recorded}:
        printing = [case for case in recorded if parsed(case.optimizer) == rule]
        for mutant in mutants(rule):
            changed = next(a for a, b in zip(mutant, rule, strict=True) if a != b)
            assert any(noticed(case, mutant) for case in printing), changed


def noticed(case: Case, lines: tuple[Assignment, ...]) -> bool:
    """Return whether the checker objects to these lines, by their result or by an error."""
    try:
        return gap(case, lines) >= SAME
    except TypeError:
        return True


def names(key: str) -> set[Printed]:
    """Return every symbol that the rule prints in any of its switch states."""
    return {n for rule in switched(key) for line in parsed(rule) for n in parts(line)}
