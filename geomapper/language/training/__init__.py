"""The recipes that make the shipped language models, from open corpora; not needed to run."""
