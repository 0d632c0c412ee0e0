"""The demonstration: believable people at every stage, made by walking the real actions."""
