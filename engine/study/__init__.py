"""Questions that take many runs to answer: maps, sensitivity, tuning, spread."""
