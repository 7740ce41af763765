"""The engine: schedules, noise, the one loop that moves points, and the whole state as one value."""
