"""The journal of a sitting as one reader may see it, and what proves that it is all there."""
