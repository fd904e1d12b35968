"""Forms: any record of the register, typed or picked field by field."""
