"""Pages of the internships room. They load, ask, call one action, answer."""
