"""Formulas as a person types them: read, printed, differentiated, computed and searched."""
