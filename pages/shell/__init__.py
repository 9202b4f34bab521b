"""What every page needs: session, address, services, errors, words, login, the frame."""
