"""Rules that are linear in the gradient, read off what they declare of their dynamics."""

import numpy as np

from optimizers import OPTIMIZERS


def is_plain(kind):
    """Whether a rule scales no coordinate and lets no weight decay."""
    memory = kind().start(np.zeros(2))
    with np.errstate(all="ignore"):
        found = kind().dynamics(1, 0.1, memory)
    return found is not None and isinstance(found.scale, float) and not found.decay


PLAIN = tuple(key for key, kind in OPTIMIZERS.items() if is_plain(kind))
MOMENTA = tuple(key for key in PLAIN if "beta" in OPTIMIZERS[key]().settings())
