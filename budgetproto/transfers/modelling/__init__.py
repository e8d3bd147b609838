"""What is kept for the models of transfers and shown of them: parameter sets, inputs, the simulation page."""
