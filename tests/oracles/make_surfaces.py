"""Asks two outside collections of test functions for values at random points.

Run as a script where `argmin-testfunctions-py` 0.3.0 (Rust; values, gradients, Hessians) and
`opfunu` 1.0.4 (values) are installed; the tests read what it writes and need neither.
"""

import json
from importlib.metadata import version
from pathlib import Path

import argmin_testfunctions_py as argmin
import numpy as np
import opfunu.name_based as opfunu

FILE = Path(__file__).with_name("surfaces.json")

ARGMIN = {
    "sphere": "sphere",
    "rosenbrock": "rosenbrock",
    "booth": "booth",
    "matyas": "matyas",
    "beale": "beale",
    "himmelblau": "himmelblau",
    "three_hump_camel": "threehumpcamel",
    "styblinski_tang": "styblinski_tang",
    "goldstein_price": "goldsteinprice",
    "mccormick": "mccormick",
    "rastrigin": "rastrigin",
    "ackley": "ackley",
    "levy13": "levy_n13",
    "schaffer2": "schaffer_n2",
    "easom": "easom",
    "bukin6": "bukin_n6",
}
OPFUNU = {
    "six_hump_camel": "CamelSixHump",
    "branin": "Branin01",
    "griewank": "Griewank",
    "drop_wave": "DropWave",
    "bohachevsky": "Bohachevsky1",
}
LOW, HIGH = -4.0, 4.0


def points(seed):
    return np.random.default_rng(seed).uniform(LOW, HIGH, (12, 2)).round(4)


def from_argmin(name, places):
    ask = [getattr(argmin, name + end) for end in ("", "_derivative", "_hessian")]
    rows = [[part(list(place)) for part in ask] for place in places]
    return {
        "value": [row[0] for row in rows],
        "gradient": [list(row[1]) for row in rows],
        "hessian": [[list(line) for line in row[2]] for row in rows],
    }


def from_opfunu(name, places):
    function = getattr(opfunu, name)(ndim=2)
    return {"value": [float(function.evaluate(place)) for place in places]}


def main():
    told = {"versions": {k: version(k) for k in ("argmin-testfunctions-py", "opfunu")}}
    sources = ((ARGMIN, from_argmin), (OPFUNU, from_opfunu))
    asked = [(key, name, ask) for names, ask in sources for key, name in names.items()]
    for seed, (key, name, ask) in enumerate(asked):
        places = points(seed)
        told[key] = {"points": places.tolist()} | ask(name, places)
    FILE.write_text(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
