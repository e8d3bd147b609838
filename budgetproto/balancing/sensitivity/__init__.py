"""PURE: how the option answers to what may still change: envelope, protection, priorities, claims, rule."""
