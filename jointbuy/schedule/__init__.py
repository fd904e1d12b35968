"""When each step must be taken: working days, sessions, plans and deadlines."""
