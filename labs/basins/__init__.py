"""The basins: where a lane ends from every start of the window."""
