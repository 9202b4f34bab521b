"""What the portal keeps for itself: drafts, saved views, the submission log, uploads, ended logins."""
