"""The explanation of a published option: computed once with it, told the same on page and paper."""
