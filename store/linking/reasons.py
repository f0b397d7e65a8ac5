"""Why a mention was linked, and why two names were kept apart: codes, said in words where the language is known."""

from __future__ import annotations

from enum import StrEnum

READER = "reader"  # who decides where nobody did


class Reason(StrEnum):
    """Why a mention belongs to its project or metric, strongest first; joins are made in this order."""

    SAME = "same_name"  # but for blanks, punctuation, width, case and traditional characters
    DECIDED = "decided"  # a person said so
    FORMER = "former"  # 新名（原旧名）
    ALIAS = "alias"  # 家家盈平台（小贝项目）
    BRACKETS = "brackets"  # the same without what stands in brackets
    TERM = "term"  # two words of the trade for one metric
    SPELLING = "spelling"  # a plural, a 的
    SUFFIX = "suffix"  # POS收单系统, POS收单系统建设
    SOUND = "sound"  # 分帐升级, 分账升级
    LETTER = "letter"  # one letter of a long Latin name
    SHORTENED = "shortened"  # 特征迁移, 特征平台迁移
    PART = "part_alone"  # a part named without its parent
    HIGHLIGHT = "highlight"  # a highlight's loose name that fits one project alone


class Why(StrEnum):
    """Why two names that are alike are two."""

    DECIDED = "decided"
    BESIDE = "side_by_side"  # one report lists both
    UNCLEAR = "unclear"  # the name fits several that one report lists side by side
    UNLIKE = "unlike"  # alike to the eye, and by no rule the same


RANK = {reason: at for at, reason in enumerate(Reason)}
