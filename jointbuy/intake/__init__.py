"""Every door for what people type or send; one validation serves them all."""
