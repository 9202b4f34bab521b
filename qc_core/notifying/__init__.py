"""Notify people of what became Pending, Fail or overdue: by mail, and by signed webhooks."""
