"""The tables of results, each of one shape (`reports.shape.Table`)."""
