"""Values of metrics: their kinds, rules, entry and comparison."""
