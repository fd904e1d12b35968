"""What is bought: the CPV tree, our purchase thesaurus in four languages, search."""
