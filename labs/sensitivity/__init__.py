"""Sensitivity: every lane's end against its learning rate."""
