"""Components that draw: each takes plain values; none reads a store or decides a rule."""
