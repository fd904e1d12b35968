"""Where a register is kept: one port, several stores behind it."""
