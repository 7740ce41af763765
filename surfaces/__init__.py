"""The loss surfaces, in teaching order; the keys stand in people's links."""

from surfaces.ackley import Ackley
from surfaces.base import Surface
from surfaces.beale import Beale
from surfaces.bohachevsky import Bohachevsky
from surfaces.booth import Booth
from surfaces.branin import Branin
from surfaces.bukin6 import Bukin6
from surfaces.camels import SixHumpCamel, ThreeHumpCamel
from surfaces.data.kinds import (
    HuberRegression,
    LinearRegression,
    LogisticRegression,
    PoissonRegression,
    TanhNeuron,
)
from surfaces.dixon_price import DixonPrice
from surfaces.drawn import Drawn
from surfaces.drop_wave import DropWave
from surfaces.easom import Easom
from surfaces.formula import Formula
from surfaces.four_layer_linear import FourLayerLinear
from surfaces.goldstein_price import GoldsteinPrice
from surfaces.griewank import Griewank
from surfaces.himmelblau import Himmelblau
from surfaces.l1_valley import L1Valley
from surfaces.lessard import Lessard
from surfaces.levy13 import Levy13
from surfaces.matyas import Matyas
from surfaces.mccormick import McCormick
from surfaces.monkey_saddle import MonkeySaddle
from surfaces.online_sequence import OnlineSequence
from surfaces.plateau import Plateau
from surfaces.rastrigin import Rastrigin
from surfaces.ravine import Ravine
from surfaces.rosenbrock import Rosenbrock
from surfaces.saddle import Saddle
from surfaces.schaffer2 import Schaffer2
from surfaces.sphere import Sphere
from surfaces.styblinski_tang import StyblinskiTang
from surfaces.ten_batches import TenBatches
from surfaces.two_layer_linear import TwoLayerLinear
from surfaces.two_wells import TwoWells
from surfaces.zakharov import Zakharov

__all__ = ["DATA", "DRAWN", "KNOWN", "OWN", "SURFACES", "Surface"]

KNOWN: dict[str, type[Surface]] = {
    "sphere": Sphere,
    "ravine": Ravine,
    "saddle": Saddle,
    "monkey_saddle": MonkeySaddle,
    "rosenbrock": Rosenbrock,
    "plateau": Plateau,
    "two_wells": TwoWells,
    "two_layer_linear": TwoLayerLinear,
    "four_layer_linear": FourLayerLinear,
    "l1_valley": L1Valley,
    "lessard": Lessard,
    "ten_batches": TenBatches,
    "online_sequence": OnlineSequence,
    "booth": Booth,
    "matyas": Matyas,
    "beale": Beale,
    "himmelblau": Himmelblau,
    "three_hump_camel": ThreeHumpCamel,
    "six_hump_camel": SixHumpCamel,
    "styblinski_tang": StyblinskiTang,
    "goldstein_price": GoldsteinPrice,
    "mccormick": McCormick,
    "branin": Branin,
    "zakharov": Zakharov,
    "dixon_price": DixonPrice,
    "bohachevsky": Bohachevsky,
    "rastrigin": Rastrigin,
    "ackley": Ackley,
    "griewank": Griewank,
    "levy13": Levy13,
    "schaffer2": Schaffer2,
    "drop_wave": DropWave,
    "easom": Easom,
    "bukin6": Bukin6,
}
"""Surfaces whose formula, window, start and minima are fixed and published."""

DATA: dict[str, type[Surface]] = {
    "linear_regression": LinearRegression,
    "huber_regression": HuberRegression,
    "logistic_regression": LogisticRegression,
    "poisson_regression": PoissonRegression,
    "tanh_neuron": TanhNeuron,
}
"""Losses of real data."""

OWN: dict[str, type[Surface]] = {"formula": Formula}
"""Surfaces of a person's own making."""

DRAWN: dict[str, type[Surface]] = {"drawn": Drawn}
"""Surfaces whose heights somebody has set."""

SURFACES = KNOWN | DATA | OWN | DRAWN
