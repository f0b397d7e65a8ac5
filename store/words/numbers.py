"""Numerals as reports write them: ASCII, full-width and Chinese digits, read as whole numbers."""

from store.words.regex import regex

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = "万"
_PLAIN = regex(r"[0-9０-９]{1,12}")
_SPELLED = regex(r"[零〇○一二三四五六七八九]{2,12}")
_ALLOWED = regex(r"[零〇○一二两三四五六七八九十百千]{1,9}")


def chinese_number(text: str) -> int | None:
    """Read a whole number written in ASCII, full-width or Chinese digits.

    ``十二`` is 12, ``两百零五`` 205, ``二〇二三`` 2023, ``３`` 3, ``一万二千`` 12000.
    Gives None for anything else, ``半`` and ``几`` among them; never raises.
    """
    if _PLAIN.fullmatch(text):
        return int(text)
    if _SPELLED.fullmatch(text):
        return int("".join(str(_DIGITS[c]) for c in text))
    head, myriad, tail = text.partition(_MYRIAD)
    if not myriad:
        return _below_myriad(text)
    high, low = _below_myriad(head), _below_myriad(tail) if tail else 0
    return None if high is None or low is None else high * 10_000 + low


def _below_myriad(text: str) -> int | None:
    if not _ALLOWED.fullmatch(text):
        return None
    total, digit, last_unit = 0, None, 10_000
    for char in text:
        unit = _UNITS.get(char)
        if unit is None:
            if digit:
                return None
            digit = _DIGITS[char]
        elif unit >= last_unit or digit == 0:
            return None
        else:
            # 十二 says ten without a one before it; 百 and 千 never do.
            if digit is None and unit != 10:
                return None
            total, digit, last_unit = total + (1 if digit is None else digit) * unit, None, unit
    return total + (digit or 0)
