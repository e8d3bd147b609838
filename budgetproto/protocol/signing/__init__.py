"""The protocol laid out for signature: one frozen text, and what each place in its block says of it."""
