"""A campaign: what is launched where and when, what it must reach, and the verdict per market."""
