"""The sentences of each language, as data."""

# What the tour of `make demo` asks: one question of each kind, in both languages.
TOUR = (
    "/status POS",
    "小贝什么时候上线?",
    "最近四周的事故",
    "/search 存管 提测",
    "一次支付成功率",
    "/status 存管",
    "/status 区块链",
    "/report latest",
    "what went down in the last 2 weeks? any incidents?",
)
