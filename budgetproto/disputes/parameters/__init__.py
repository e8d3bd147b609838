"""Contested parameters of a model: what each value costs, and what it means for every territory."""
