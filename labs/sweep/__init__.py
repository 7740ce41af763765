"""The sweep map: one lane with every pair of values of two settings."""
