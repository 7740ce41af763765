"""The exact run as a NumPy script that stands on its own."""

from __future__ import annotations

from collections.abc import Iterator

from engine.export import outline
from engine.export.source import Source
from engine.setup.experiment import Experiment
from engine.setup.labels import labels
from schedules import Constant

_RUN = '''
def run({lane}):
    """Return one lane's path, shape (STEPS + 1, 2); NaN from the step on at which it diverged."""
    w = np.array(START)
    memory = rule.start(w)
{begin}    path = [w]
    for t in range(STEPS):
{step}        path.append(w)
    path = np.array(path)
    outside = ~np.all(np.abs(path) <= LIMIT, axis=1)
    if outside.any():
        path[outside.argmax() :] = np.nan
    return path


def paths():
    """Return every lane's path, in the order of LANES."""
    with np.errstate(all="ignore"):
        return [run(*lane) for _, *lane in LANES]


def main():
    """Print where every lane ends."""
    for (name, *_), path in zip(LANES, paths(), strict=True):
        with np.errstate(all="ignore"):
            loss = SURFACE.f(*path[-1])
        print(f"{{name}}: w = {{path[-1].tolist()}}, loss = {{float(loss)!r}}")


if __name__ == "__main__":
    main()
'''


def numpy_script(experiment: Experiment) -> str:
    """Return a script that needs only NumPy and reproduces the paths shown.

    Surface, rules and schedules are the app's own lines with their numbers put in. Imported, its
    `paths()` returns one array of shape (steps + 1, 2) a lane.
    """
    rules = Source({"np": "import numpy as np"}, outline.reserved())
    for lane in experiment.lanes:
        rules.add(type(lane.optimizer), "start", "step")
        if is_scheduled(experiment):
            rules.add(type(lane.schedule), *schedule_methods(experiment))
    loop = _loop(experiment)
    surface = Source(rules.imports, rules.origins, replaced=outline.own_lines(experiment.surface))
    asked = outline.surface_methods(rules.text() + loop, experiment.surface)
    surface.add(type(experiment.surface), *asked)
    return outline.assembled(
        outline.opening(experiment, "NumPy", rules.imports),
        surface.text(),
        f"SURFACE = {outline.instance(experiment.surface)}",
        outline.noisy(asked) if experiment.noise else "",
        rules.text(),
        outline.table("LANES", (tuple(_lane(experiment, k)) for k in range(len(experiment.lanes)))),
        loop,
    )


def is_scheduled(experiment: Experiment) -> bool:
    """Say whether any lane's rate changes."""
    return any(not isinstance(lane.schedule, Constant) for lane in experiment.lanes)


def watches(experiment: Experiment) -> bool:
    """Say whether any lane's schedule reacts to the loss."""
    return any(lane.schedule.watches_loss for lane in experiment.lanes)


def schedule_methods(experiment: Experiment) -> tuple[str, ...]:
    """Return which of a schedule's methods the loop asks for."""
    return ("start", "factor", "observe") if watches(experiment) else ("factor",)


def rule_steps(experiment: Experiment, rate: str, loss: str) -> list[str]:
    """Return the lines of one step of a rule: `rate` is what a rate becomes, `loss` the loss."""
    move = f"w, memory = rule.step(t + 1, {{}}, w, memory, {outline.what_is_seen(experiment)})"
    if not is_scheduled(experiment):
        return [move.format("rule.lr")]
    watched = "watched" if watches(experiment) else "None"
    lines = [f"lr = {rate.format(f'rule.lr * schedule.factor(t, STEPS, {watched})')}"]
    if watches(experiment):
        lines.append(f"watched = schedule.observe({loss}, watched)")
    return [*lines, move.format("lr")]


def _lane(experiment: Experiment, k: int) -> Iterator[str]:
    lane = experiment.lanes[k]
    yield outline.quoted(labels(experiment)[k])
    yield outline.instance(lane.optimizer)
    if is_scheduled(experiment):
        yield outline.instance(lane.schedule)


def _loop(experiment: Experiment) -> str:
    step = rule_steps(experiment, "{}", "SURFACE.value(w)")
    return _RUN.format(
        lane="rule, schedule" if is_scheduled(experiment) else "rule",
        begin="    watched = schedule.start()\n" if watches(experiment) else "",
        step="".join(f"        {line}\n" for line in step),
    )
