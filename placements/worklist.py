"""What now? What waits for whom among the places; one named function each."""
