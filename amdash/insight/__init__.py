"""What the figures mean: verdicts, signals, sentences. Pure, like the metrics."""
