"""Files attached to a position: sealed like it, filed with it, opened as far as each one says."""
