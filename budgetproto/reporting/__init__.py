"""Mechanism 4: what became of what a sitting promised, in the law and in the treasury."""
