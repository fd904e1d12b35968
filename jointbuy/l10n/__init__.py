"""The four languages: sentences from catalogues, amounts and days as Belgians write."""
