"""What is shown? Results, files of them, targets, months."""
