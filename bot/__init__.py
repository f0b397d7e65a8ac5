"""The chat: from words to an answer, and from an answer to a channel."""
