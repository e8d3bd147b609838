"""The special protocol: frozen facts, composed sums, typeset pages."""
