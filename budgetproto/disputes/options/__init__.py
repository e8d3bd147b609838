"""The balanced option: computed, published in versions, tried under other terms, put to the vote."""
