"""The public pages by place: what was asked for it, recommended, decided, adopted and executed."""
