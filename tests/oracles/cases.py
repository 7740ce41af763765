"""Which rule with which settings is asked of which library, in our names and in theirs."""

import optax
from torch import optim

SGD, ADAM = optim.SGD, optim.Adam


def _adam(lr, beta1=0.9, beta2=0.999, **rest):
    return {"lr": lr, "betas": (beta1, beta2), **rest}


TORCH = [
    # key, our settings, their class, their settings
    ("gradient_descent", {"lr": 1e-3}, SGD, {"lr": 1e-3}),
    (
        "gradient_descent",
        {"lr": 2e-3, "weight_decay": 0.3},
        SGD,
        {"lr": 2e-3, "weight_decay": 0.3},
    ),
    ("momentum", {"lr": 5e-4}, SGD, {"lr": 5e-4, "momentum": 0.9}),
    (
        "momentum",
        {"lr": 1e-3, "beta": 0.8, "dampening": 0.4},
        SGD,
        {"lr": 1e-3, "momentum": 0.8, "dampening": 0.4},
    ),
    (
        "momentum",
        {"lr": 3e-4, "beta": 0.95, "dampening": 0.1, "weight_decay": 0.2},
        SGD,
        {"lr": 3e-4, "momentum": 0.95, "dampening": 0.1, "weight_decay": 0.2},
    ),
    ("nesterov", {"lr": 5e-4}, SGD, {"lr": 5e-4, "momentum": 0.9, "nesterov": True}),
    (
        "nesterov",
        {"lr": 1e-3, "beta": 0.7, "weight_decay": 0.2},
        SGD,
        {"lr": 1e-3, "momentum": 0.7, "nesterov": True, "weight_decay": 0.2},
    ),
    ("rprop", {"lr": 0.01}, optim.Rprop, {"lr": 0.01}),
    (
        "rprop",
        {"lr": 0.2, "shrink": 0.7, "grow": 1.4, "smallest": 1e-3, "largest": 0.5},
        optim.Rprop,
        {"lr": 0.2, "etas": (0.7, 1.4), "step_sizes": (1e-3, 0.5)},
    ),
    ("adagrad", {"lr": 0.5}, optim.Adagrad, {"lr": 0.5}),
    (
        "adagrad",
        {"lr": 0.1, "eps": 1e-2, "weight_decay": 0.3},
        optim.Adagrad,
        {"lr": 0.1, "eps": 1e-2, "weight_decay": 0.3},
    ),
    ("adadelta", {"lr": 1.0}, optim.Adadelta, {}),
    (
        "adadelta",
        {"lr": 5.0, "rho": 0.95, "eps": 1e-4, "weight_decay": 0.1},
        optim.Adadelta,
        {"lr": 5.0, "rho": 0.95, "eps": 1e-4, "weight_decay": 0.1},
    ),
    ("rmsprop", {"lr": 0.01}, optim.RMSprop, {"lr": 0.01}),
    (
        "rmsprop",
        {"lr": 0.02, "alpha": 0.95, "eps": 1e-3, "weight_decay": 0.2},
        optim.RMSprop,
        {"lr": 0.02, "alpha": 0.95, "eps": 1e-3, "weight_decay": 0.2},
    ),
    (
        "rmsprop",
        {"lr": 0.005, "centered": True},
        optim.RMSprop,
        {"lr": 0.005, "centered": True},
    ),
    (
        "rmsprop",
        {"lr": 0.003, "beta": 0.8},
        optim.RMSprop,
        {"lr": 0.003, "momentum": 0.8},
    ),
    (
        "rmsprop",
        {"lr": 0.002, "alpha": 0.97, "centered": True, "beta": 0.6, "eps": 1e-4},
        optim.RMSprop,
        {"lr": 0.002, "alpha": 0.97, "centered": True, "momentum": 0.6, "eps": 1e-4},
    ),
    ("adam", {"lr": 0.05}, ADAM, _adam(0.05)),
    (
        "adam",
        {"lr": 0.1, "beta1": 0.7, "beta2": 0.99, "eps": 1e-3, "weight_decay": 0.2},
        ADAM,
        _adam(0.1, 0.7, 0.99, eps=1e-3, weight_decay=0.2),
    ),
    ("amsgrad", {"lr": 0.05}, ADAM, _adam(0.05, amsgrad=True)),
    (
        "amsgrad",
        {"lr": 0.1, "beta1": 0.8, "beta2": 0.9, "eps": 1e-4, "weight_decay": 0.2},
        ADAM,
        _adam(0.1, 0.8, 0.9, eps=1e-4, weight_decay=0.2, amsgrad=True),
    ),
    ("adamw", {"lr": 0.05}, optim.AdamW, _adam(0.05)),
    (
        "adamw",
        {"lr": 0.1, "beta1": 0.8, "beta2": 0.98, "eps": 1e-5, "weight_decay": 0.3},
        optim.AdamW,
        _adam(0.1, 0.8, 0.98, eps=1e-5, weight_decay=0.3),
    ),
    ("nadam", {"lr": 0.02}, optim.NAdam, _adam(0.02)),
    (
        "nadam",
        {
            "lr": 0.05,
            "beta1": 0.8,
            "beta2": 0.99,
            "eps": 1e-4,
            "momentum_decay": 0.05,
            "weight_decay": 0.2,
        },
        optim.NAdam,
        _adam(0.05, 0.8, 0.99, eps=1e-4, momentum_decay=0.05, weight_decay=0.2),
    ),
    ("radam", {"lr": 1e-3}, optim.RAdam, _adam(1e-3)),
    (
        "radam",
        {"lr": 2e-3, "beta1": 0.8, "beta2": 0.9, "eps": 1e-3, "weight_decay": 0.2},
        optim.RAdam,
        _adam(2e-3, 0.8, 0.9, eps=1e-3, weight_decay=0.2),
    ),
    ("radam", {"lr": 1e-3, "beta2": 0.6}, optim.RAdam, _adam(1e-3, 0.9, 0.6)),
    ("adamax", {"lr": 0.05}, optim.Adamax, _adam(0.05)),
    (
        "adamax",
        {"lr": 0.1, "beta1": 0.7, "beta2": 0.9, "eps": 1e-2, "weight_decay": 0.2},
        optim.Adamax,
        _adam(0.1, 0.7, 0.9, eps=1e-2, weight_decay=0.2),
    ),
]

OPTAX = [
    ("lion", {"lr": 0.01}, optax.lion, {"learning_rate": 0.01, "weight_decay": 0.0}),
    (
        "lion",
        {"lr": 0.02, "beta1": 0.8, "beta2": 0.95, "weight_decay": 0.1},
        optax.lion,
        {"learning_rate": 0.02, "b1": 0.8, "b2": 0.95, "weight_decay": 0.1},
    ),
    ("adabelief", {"lr": 0.05}, optax.adabelief, {"learning_rate": 0.05}),
    (
        "adabelief",
        {"lr": 0.02, "beta1": 0.8, "beta2": 0.98, "eps": 1e-4},
        optax.adabelief,
        {"learning_rate": 0.02, "b1": 0.8, "b2": 0.98, "eps": 1e-4, "eps_root": 1e-4},
    ),
    ("yogi", {"lr": 0.05}, optax.yogi, {"learning_rate": 0.05}),
    (
        "yogi",
        {"lr": 0.1, "beta1": 0.8, "beta2": 0.95, "eps": 1e-5},
        optax.yogi,
        {"learning_rate": 0.1, "b1": 0.8, "b2": 0.95, "eps": 1e-5},
    ),
    ("sign_descent", {"lr": 0.01}, optax.sign_sgd, {"learning_rate": 0.01}),
    ("adam", {"lr": 0.05}, optax.adam, {"learning_rate": 0.05}),
    (
        "adamw",
        {"lr": 0.05, "weight_decay": 0.1},
        optax.adamw,
        {"learning_rate": 0.05, "weight_decay": 0.1},
    ),
    (
        "nesterov",
        {"lr": 5e-4},
        optax.sgd,
        {"learning_rate": 5e-4, "momentum": 0.9, "nesterov": True},
    ),
]
