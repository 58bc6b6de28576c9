"""A county of any size, for measuring: the demonstration's county with more talks, as many times as one asks for."""
