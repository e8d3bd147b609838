"""The electronic signature of the service under an issued file: made once, at the end, and checked."""
