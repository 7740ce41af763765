"""How every lane of an experiment ended."""

from packets.race import result


def results(experiment):
    """Return every lane's result."""
    return [result(experiment, k) for k in range(len(experiment.lanes))]
