"""The rules, one module per legal institution."""
