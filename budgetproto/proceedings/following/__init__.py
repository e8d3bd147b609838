"""What becomes of a question after the sitting: who sees to it by when, what law and treasury made of it."""
