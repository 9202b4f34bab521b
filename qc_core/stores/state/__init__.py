"""What the portal keeps for itself: drafts, the submission log, uploads, ended logins."""
