"""Lessons: predict, watch, check, explain; each a text file that a teacher can edit."""
