"""Losses of small real data sets: regressions with a slope and an intercept as the two weights."""
