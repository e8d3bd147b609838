"""Coordination of draft acts that touch local communities: register, screening, steps, terms and duties."""
