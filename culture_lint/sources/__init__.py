"""Turn files into items of segments, each with the way back to its place in the file."""
