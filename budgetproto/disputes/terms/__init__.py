"""What the terms of a sitting say of its lines: limits of groups, rules on offer, what is fixed with them."""
