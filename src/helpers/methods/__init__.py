"""Statistics without marketing words: intervals, comparisons, trends, decomposition, experiments, alarms."""
