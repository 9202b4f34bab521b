"""Whether the portal works: each thing that it depends on, checked."""
