"""Edits, drafts and change sets, and the signed patch that is made of them."""
