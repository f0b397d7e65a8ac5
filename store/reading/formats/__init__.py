"""Bytes → text, by what the bytes are and not by what a name claims."""
