"""The queue of metrics to decide: its list and filters, the bar next to a review, the submission of all."""
