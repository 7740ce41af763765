"""The exact run as a PyTorch script that stands on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from engine.export import outline
from engine.export.numpy_code import is_scheduled, rule_steps, schedule_methods, watches
from engine.export.pytorch_lines import to_torch
from engine.export.pytorch_rules import conversion, optimizer_code, scheduler_code
from engine.export.source import Source, names_in
from engine.setup.experiment import Experiment, Lane
from engine.setup.labels import labels

_PRECISION = "torch.set_default_dtype(torch.float64)  # the memory of some rules follows it"
_NOISE = "NOISE = torch.from_numpy(NOISE)"
_KINKS = ("sqrt", "abs", "absolute", "power", "where", "hypot", "maximum", "minimum", "sign")

_GRADIENT = '''
def gradient(self, w):
    """Return the gradient, written out: where a loss has a kink, autograd may have none."""
    return torch.stack(self.df(*w))
'''

_ROUNDING = """
# PyTorch's optimizers round in another order than the app. Where a rule is chaotic, the
# difference in the last digit grows at every step, and the paths part in the end."""

_OPTIMIZER_RUN = '''
def run_optimizer(make_optimizer{parameter}):
    """Return the path of one of PyTorch's own optimizers, shape (STEPS + 1, 2)."""
    w = torch.tensor(START, requires_grad=True)
    optimizer = make_optimizer(w)
{begin}    path = [w.detach().clone()]
    for t in range(STEPS):
{step}        path.append(w.detach().clone())
    return torch.stack(path)
'''

_RULE_RUN = '''
def run_rule(rule{parameter}):
    """Return the path of a rule that PyTorch does not have, shape (STEPS + 1, 2)."""
    w = torch.tensor(START)
    memory = rule.start(w)
{begin}    path = [w]
    for t in range(STEPS):
{step}        path.append(w)
    return torch.stack(path)
'''

_END = '''
def paths():
    """Return every lane's path in the order of LANES, NaN from the step on at which it diverged."""
    return [kept(run(*lane)) for _, run, *lane in LANES]


def kept(path):
    """Return a path as an array that is NaN from the step on at which it diverged."""
    path = path.numpy()
    outside = ~np.all(np.abs(path) <= LIMIT, axis=1)
    if outside.any():
        path[outside.argmax() :] = np.nan
    return path


def main():
    """Print where every lane ends."""
    for (name, *_), path in zip(LANES, paths(), strict=True):
        loss = SURFACE.f(*torch.from_numpy(path[-1]))
        print(f"{name}: w = {path[-1].tolist()}, loss = {loss.item()!r}")


if __name__ == "__main__":
    main()
'''


def pytorch_script(experiment: Experiment) -> str:
    """Return a script that needs only PyTorch and NumPy and reproduces the paths shown.

    Rules and schedules that PyTorch has are its own, fed by autograd unless the loss has kinks;
    any other rule is carried along in torch's operations. Imported, the script's `paths()`
    returns one array of shape (steps + 1, 2) a lane. PyTorch rounds in another order, so chaotic
    paths agree only until rounding has grown to what is seen.
    """
    imports = {"np": "import numpy as np", "torch": "import torch"}
    rules = Source(imports, outline.reserved(), to_torch)
    schedules = Source(imports, rules.origins)
    for lane in experiment.lanes:
        _add(lane, experiment, rules, schedules)
    loops = "\n".join(_loops(experiment))
    text = rules.text() + loops
    replaced = {"gradient": _GRADIENT.strip()} | outline.own_lines(experiment.surface, to_torch)
    surface = Source(imports, rules.origins, to_torch, replaced)
    asked = outline.surface_methods(text, experiment.surface)
    surface.add(type(experiment.surface), *asked)
    return outline.assembled(
        outline.opening(experiment, "PyTorch", imports),
        "\n".join([_PRECISION, *([_NOISE] if experiment.noise else []), _ROUNDING]),
        surface.text(),
        f"SURFACE = {outline.instance(experiment.surface)}",
        outline.noisy(asked) if experiment.noise and rules.definitions else "",
        rules.text(),
        schedules.text(),
        loops,
        _conversions(experiment),
        outline.table("LANES", (tuple(_row(experiment, k)) for k in range(len(experiment.lanes)))),
        _END,
    )


def has_kinks(experiment: Experiment) -> bool:
    """Say whether the loss is written with anything that autograd cannot always differentiate."""
    lines = experiment.surface.lines()
    if "f" in lines:
        return bool(set(_KINKS) & set(re.findall(r"\bnp\.(\w+)\(", lines["f"])))
    return bool(set(_KINKS) & names_in(type(experiment.surface), "f"))


def _add(lane: Lane, experiment: Experiment, rules: Source, schedules: Source) -> None:
    if optimizer_code(lane.optimizer, lane.schedule) is None:
        rules.add(type(lane.optimizer), "start", "step")
        if is_scheduled(experiment):
            schedules.add(type(lane.schedule), *schedule_methods(experiment))
    elif "LambdaLR" in (_scheduler(lane, experiment) or ""):
        schedules.add(type(lane.schedule), *schedule_methods(experiment))


def _scheduler(lane: Lane, experiment: Experiment) -> str | None:
    return scheduler_code(lane.schedule, lane.optimizer.lr, experiment.steps)


def _row(experiment: Experiment, k: int) -> Iterator[str]:
    lane = experiment.lanes[k]
    yield outline.quoted(labels(experiment)[k])
    code = optimizer_code(lane.optimizer, lane.schedule)
    if code is None:
        yield "run_rule"
        yield outline.instance(lane.optimizer)
        if is_scheduled(experiment):
            yield outline.instance(lane.schedule)
        return
    yield "run_optimizer"
    yield f"lambda w: {code}"
    scheduler = _scheduler(lane, experiment)
    if scheduler:
        yield f"lambda optimizer: {scheduler}"


def _conversions(experiment: Experiment) -> str:
    """Say in comments which rules PyTorch has in another form."""
    said = {
        lane.optimizer.title: found
        for lane in experiment.lanes
        if (found := conversion(lane.optimizer, lane.schedule))
    }
    return "\n".join(f"# {title}: {text}." for title, text in said.items())


def _loops(experiment: Experiment) -> Iterator[str]:
    kinds = {optimizer_code(lane.optimizer, lane.schedule) is None for lane in experiment.lanes}
    if False in kinds:
        yield _filled(_OPTIMIZER_RUN, *_optimizer_lines(experiment))
    if True in kinds:
        yield _filled(_RULE_RUN, *_rule_lines(experiment))


def _filled(template: str, parameter: str, begin: list[str], step: list[str]) -> str:
    return template.format(
        parameter=parameter,
        begin="".join(f"    {line}\n" for line in begin),
        step="".join(f"        {line}\n" for line in step),
    )


def _optimizer_lines(experiment: Experiment) -> tuple[Any, ...]:
    part = "SURFACE.seen(t + 1)" if experiment.surface.changes else "SURFACE"
    step = ["optimizer.zero_grad()", f"loss = {part}.value(w)", "loss.backward()"]
    if watches(experiment) and experiment.surface.changes:
        step.append("loss = SURFACE.value(w.detach())")
    if has_kinks(experiment):
        step = ["loss = SURFACE.value(w.detach())"] if watches(experiment) else []
        step.append(f"w.grad = {part}.gradient(w.detach())")
    step += ["w.grad += NOISE[t]"] if experiment.noise else []
    step.append("optimizer.step()")
    if not is_scheduled(experiment):
        return "", [], step
    begin = ["scheduler = make_scheduler(optimizer) if make_scheduler else None"]
    return ", make_scheduler=None", begin, step + _scheduler_lines(experiment)


def _scheduler_lines(experiment: Experiment) -> list[str]:
    if not watches(experiment):
        return ["if scheduler:", "    scheduler.step()"]
    return [
        "if isinstance(scheduler, torch.optim.lr_scheduler.ReduceLROnPlateau):",
        "    scheduler.step(loss.item())",
        "elif scheduler:",
        "    scheduler.step()",
    ]


def _rule_lines(experiment: Experiment) -> tuple[Any, ...]:
    step = rule_steps(experiment, "float({})", "SURFACE.value(w).numpy()")
    begin = ["watched = schedule.start()"] if watches(experiment) else []
    return ", schedule" if is_scheduled(experiment) else "", begin, step
