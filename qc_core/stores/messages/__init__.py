"""Messages that leave the portal: mail over SMTP, and webhooks over HTTPS."""
