"""The needs: what each administration is going to buy."""
