"""The desk of a delegate: what his parties have to do, and until when."""
