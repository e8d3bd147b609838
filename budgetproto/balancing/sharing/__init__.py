"""PURE: how claims share a total: the rules, the pots they make, the limits inside the envelope."""
