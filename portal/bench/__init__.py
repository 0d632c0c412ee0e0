"""`./dev bench`: what each main page costs, as a ratio to a bare Django measured in the same run."""
