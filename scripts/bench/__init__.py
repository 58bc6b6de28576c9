"""How fast every page is: a real server, a small and a large county, and two plain pages to measure them by."""
