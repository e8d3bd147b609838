"""PURE: the kernel on arrays: whole levels that add up exactly, at the rate where rounding meets a total."""
