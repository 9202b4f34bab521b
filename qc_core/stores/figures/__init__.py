"""The files that references name: found, copied, converted, served."""
