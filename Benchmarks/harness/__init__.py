"""What Benchmarks/bench is made of."""
