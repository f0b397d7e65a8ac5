"""From an `Answer` to a channel: plain text, terminal, JSON, Block Kit. All state the same facts."""
