"""What the benchmarks calculate and print; how long anything takes is never asserted."""
