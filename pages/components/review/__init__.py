"""The review of one asset: header, tree, change bar, dialog."""
