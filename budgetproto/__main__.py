"""`python -m budgetproto` is the command line."""

from budgetproto.commands import main

main()
