"""What the fault harness counts; the faults themselves are done by `make faults`."""
