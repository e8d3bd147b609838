"""What figures, the option and decisions mean for each territory: who gains, who loses, who falls behind."""
