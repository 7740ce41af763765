"""The engine: schedules, noise, the one loop that moves points, and the experiment."""
