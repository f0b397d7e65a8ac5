"""The rules of the date grammar, one row each: where a rule may begin, its pattern, what it builds, what it needs.

Patterns are matched at one position of text that was made ASCII where it was full-width (`dates.prepared`). They are
bounded, so that a match costs the same in a line of 3 MB. Of the rows that may begin at a place the first match wins.
To teach the grammar a new form, add a row. `needs` names the evidence that the row asks for (`date_cues.EVIDENCE`).
"""

import re
from dataclasses import dataclass
from functools import cached_property
from string import ascii_letters

from store.words import date_builders as build
from store.words.date_builders import MONTHS, Build

FLAGS = re.IGNORECASE | re.ASCII


@dataclass(eq=False)
class Rule:
    """A row of the grammar. `starts`: "0" for digits, else characters (Chinese) or lower-case words (English)."""

    name: str
    starts: tuple[str, ...]
    source: str
    build: Build
    needs: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first tried: most texts need a few rows, and a start must stay quick."""
        return re.compile(self.source, FLAGS)


# Fragments. Group names are those that `date_builders` reads.
MON = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z0-9_])\.?"
)
MON2 = MON.replace("<mon>", "<mon2>")
_M = r"(?P<m>1[0-2]|0?[1-9])"
_D = r"(?P<d>3[01]|[12][0-9]|0?[1-9])"
_ZM = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_ZM2 = _ZM.replace("<m>", "<m2>")
_ZD = r"(?P<d>3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_Y4 = r"(?P<y>(?:19|20)[0-9]{2})"
_Y4_AFTER = r"(?:,?\s(?P<y2>(?:19|20)[0-9]{2})(?![0-9:]))"
_YZ = (
    r"(?:(?P<y>(?:19|20)[0-9]{2}|[1-3][0-9]|二[零〇○][一二三四五][零〇○一二三四五六七八九])\s?年\s?的?|(?P<yw>"
    r"[今明去后前本]年)的?\s?)"
)
_ORD = r"(?:st|nd|rd|th)?"
_PART = (
    r"(?P<part>中下旬|中上旬|上中旬|上旬|中旬|下旬|[初底末](?![级期])"
    r"|中(?![国央心标断文台信型级奖间介]|金所))"
)
_ZWD = r"(?P<wd>[一二三四五六日天])(?![期次轮批阶版级个些条项步])"
_WD = (
    r"(?P<wd>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)(?![a-z])"
)
_ANY_WD, _ANY_MON = _WD.replace("?P<wd>", "?:"), MON.replace("?P<mon>", "?:")
_WHICH = r"(?P<w>上上个?|下下个?|上一?个?|下一?个?|本|这一?个?)"
_ENGLISH_WHICH = r"(?P<w>this|next|last|previous|prior|coming|current)\s{1,2}"
_UNIT = r"(?P<unit>week|month|quarter|year)(?![a-z0-9])"
_ENGLISH_PART = (
    r"(?P<part>mid(?:dle)?|early|later?|end|beginning|start)(?:\s?-\s?|\s{1,2})(?:of\s{1,2}|in\s{1,2})?"
    r"(?:the\s{1,2})?"
)
_HOLIDAY = r"(?P<hol>国庆|春节|元旦|清明|五一|劳动节|端午|中秋|十一(?=假|长假|前|后|期间|之|以))节?(?:小?长?假期?)?"

_ON = ("on", "by", "since", "until", "before", "after")
_ON_LEFT = "(?:" + "|".join(rf"(?<=(?<![a-z]){word} )" for word in _ON) + ")"

# Places of the text that a rule may not follow: inside a code, a path, a version, a longer number.
CODE_LEFT = r"(?<![0-9A-Za-z_./\\=%#+~$¥@&?])(?<![0-9A-Za-z_)\]-]-)(?<![0-9][0-9]:)"
ZH_LEFT = r"(?<![0-9./个第每数几一二三四五六七八九十])"
EN_LEFT = r"(?<![0-9A-Za-z_/.\-])"
_DAY_LEFT = r"(?<![A-Za-z_])(?<![0-9]\.)"  # Sev1 Apr 9 isn't the first of April
_REL_LEFT = r"(?<![每以同])"

_YEARED = ("0", "今", "明", "去", "后", "前", "本", "二")
_NUMERALS = tuple("一二三四五六七八九十")
_ZH_ANY = (*_YEARED, *_NUMERALS)
_MONTH_WORDS = tuple(MONTHS)
_WEEKDAY_WORDS = (
    "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday", "fri", "friday",
    "sat", "saturday", "sun", "sunday",
)  # fmt: skip
_PART_WORDS = ("mid", "middle", "early", "late", "later", "end", "beginning", "start")
_WHICH_WORDS = ("this", "next", "last", "previous", "prior", "coming", "current")


_NUMERIC = (
    Rule("ymd", ("0",), rf"{_Y4}(?P<s>[-/.])\s?{_M}(?P=s)\s?{_D}(?![0-9])", build.day, "code"),
    Rule("mdy", ("0",), r"(?P<m>[0-3]?[0-9])(?P<s>[-/.])(?P<d>[0-3]?[0-9])(?P=s)(?P<y>20[0-9]{2})(?![0-9])",
          build.day_month_year, "code"),
    Rule("compact", ("0",), r"(?P<y>20[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-2][0-9]|3[01])(?![0-9])",
          build.day, "compact"),
    Rule("iso month", ("0",), rf"{_Y4}[-/](?P<m>0[1-9]|1[0-2])(?![0-9])", build.month, "cued"),
    Rule("slash", ("0",), rf"{_M}/{_D}(?![0-9])", build.day, "slash"),
    Rule("dash", ("0",), rf"{_M}-{_D}(?![0-9])", build.day, "dash"),
    Rule("dot", ("0",), rf"{_M}\.{_D}(?![0-9])", build.day, "dot"),
)  # fmt: skip

_CHINESE = (
    Rule("months", _ZH_ANY, rf"{ZH_LEFT}{_YZ}?{_ZM}\s?(?:月份?\s?)?[-~至到]\s?{_ZM2}\s?月份?(?!\s?[0-9初中底末上下])",
          build.months),
    Rule("zh", _ZH_ANY, rf"{ZH_LEFT}{_YZ}?{_ZM}\s?月\s?{_ZD}\s?[日号]", build.day),
    Rule("zh", _YEARED, rf"{ZH_LEFT}{_YZ}?{_M}\s?月\s?{_D}(?![0-9.])", build.day, "measure"),
    Rule("month part", _ZH_ANY, rf"{ZH_LEFT}{_YZ}?{_ZM}\s?月\s?份?的?第\s?(?P<nth>[一二三四五1-5])\s?个?(?:周|星期)"
         r"(?![一二三四五六日天])",
         build.week_of_month),
    Rule("month part", _ZH_ANY, rf"{ZH_LEFT}{_YZ}?{_ZM}\s?月\s?份?的?(?P<part>[上下]半月|最后一周)", build.month),
    Rule("month part", _ZH_ANY, rf"{ZH_LEFT}{_YZ}?{_ZM}\s?月\s?份?{_PART}", build.month),
    Rule("quarters", ("前", *_YEARED), rf"{_YZ}?前(?P<q>[2-4二两三四])季度", build.first_quarters),
    Rule("festival", ("双",), r"双\s?(?P<m>1[0-2]|十[一二]?)(?=当[天日晚周]|那[天周]|零点|凌晨|之?前|之?后|期间|上线)",
         build.shopping_day),
    Rule("month", _ZH_ANY, rf"{ZH_LEFT}{_YZ}?{_ZM}\s?月份?(?![饼球均供租薪活]|结(?!算))", build.month),
    Rule("quarter", (*_ZH_ANY, "第"), rf"{ZH_LEFT}{_YZ}?第?\s?(?P<q>[1-4一二三四])\s?季(?:度|(?=[末初底])){_PART}?",
         build.quarter),
    Rule("half", (*_YEARED, "上", "下"), rf"{_YZ}?(?P<h>[上下])半年", build.half),
    Rule("year part", _YEARED, rf"{ZH_LEFT}{_YZ}(?<=年)(?P<part>[初底末]|中(?![国央心标断]))", build.year),
    Rule("year part", ("年",),
         r"(?<![0-9一二三四五六七八九十两半每同去今明本整周])年(?P<part>[底末]|[初中](?=[以前后上完至到]))",
          build.year),
    Rule("year", _YEARED, rf"{ZH_LEFT}{_YZ}(?<=年)(?![0-9])", build.year, "cued"),
    Rule("week", ("本", "这", "上", "下"), rf"{_REL_LEFT}{_WHICH}(?:周|星期|礼拜){_ZWD}", build.weekday_of_week),
    Rule("week part", ("本", "这", "上", "下"), rf"{_REL_LEFT}{_WHICH}(?P<part>周末)", build.relative("week")),
    Rule("week", ("本", "这", "上", "下"),
          rf"{_REL_LEFT}{_WHICH}(?:周|星期|礼拜)(?!期|报(?![错名备送警])|转|年|边|围|知)(?P<part>[初底]|中(?!"
          rf"[国央心标断]))?",
          build.relative("week")),
    Rule("month of", ("本", "这", "上", "下"), rf"{_REL_LEFT}{_WHICH}月份?\s?{_D}\s?[日号]", build.relative("month")),
    Rule("month of", ("本", "这", "上", "下"), rf"{_REL_LEFT}{_WHICH}月份?{_PART}?", build.relative("month")),
    Rule("quarter of", ("本", "这", "上", "下"), rf"{_REL_LEFT}{_WHICH}季度?{_PART}?", build.relative("quarter")),
    Rule("part", ("月",),
         r"(?<![0-9一二三四五六七八九十个每本上下这当数两几半同整岁])(?<!每月)月(?P<part>[底末]|[初中](?="
         r"[以前后上完至到提发启评投试])|[上中下]旬)",
          build.relative("month")),
    Rule("part", ("上", "中", "下"), r"(?<![月以])(?P<part>[上中下]旬)", build.relative("month")),
    Rule("part", ("上", "下"), r"(?<![月以])(?P<part>[上下]半月)", build.relative("month")),
    Rule("weekday", ("周", "星", "礼"), rf"(?<![每上下本这两一二三四五六0-9])(?:周|星期|礼拜){_ZWD}",
         build.weekday, "weekday"),
    Rule("word", ("今", "明", "昨", "后", "前", "大"),
          r"(?<![之以目先最今往])(?P<w>大后|大前|今|明|昨|后|前)(?:天(?!赋|然)|日(?![元志])|晚|早(?!期))",
          build.day_word),
    Rule("holiday", ("国", "春", "元", "清", "五", "劳", "端", "中", "十", *_YEARED),
          rf"(?<![双])(?:{_YZ})?{_HOLIDAY}(?P<side>前后|之?以?前|之?以?后|期间|(?<=假)|(?<=假期)|(?=以来|至今|那周|当周))",
          build.holiday),
    Rule("day", ("0",), rf"{ZH_LEFT}{_D}(?:号|日)(?![楼线机院店门均活内留存志常报期间元本程历库仓通桌])",
         build.day_alone, "day"),
)  # fmt: skip

_ENGLISH = (
    Rule("en", _MONTH_WORDS,
          rf"{EN_LEFT}{MON}[ /-]\s?{_D}{_ORD}(?![0-9A-Za-z%]|[.:][0-9])(?:(?:,?\s{{1,2}}|/)(?P<y>(?:19"
          rf"|20)[0-9]{{2}})(?![0-9:]))?",
          build.day, "month"),
    Rule("en", ("0",),
         rf"{_DAY_LEFT}{_D}{_ORD}\.?(?:\s{{1,2}}|-)(?:of\s)?{MON}"
         rf"(?:[,\s-]{{1,2}}(?P<y>(?:19|20)[0-9]{{2}})(?![0-9:]))?",
          build.day, "month"),
    Rule("en days", ("0",), rf"{_DAY_LEFT}{_D}{_ORD}\s?(?:-|to)\s?(?P<d2>[0-9]{{1,2}}){_ORD}\s{MON}{_Y4_AFTER}?",
          build.days_of_month, "month"),
    Rule("months", _MONTH_WORDS, rf"{EN_LEFT}{MON}\s?(?:-|~|to|through|thru)\s?{MON2}"
         rf"(?!\s?[0-9]{{1,2}}(?![0-9])){_Y4_AFTER}?", build.months),
    Rule("day", ("the",),  # on the 30th; never the 13th connector
         rf"{_ON_LEFT}the\s(?P<d>3[01]|[12][0-9]|[1-9])(?:st|nd|rd|th)(?=\s*(?:$|[,.;:?!)]|(?:and|or|to|as|at|is|was|for|with)"
         r"(?![a-z])))", build.day_alone),
    Rule("month part", ("first", "second", "third", "fourth", "0"),
         rf"{EN_LEFT}(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)\s{{1,2}}week\s{{1,2}}(?:of|in)\s{{1,2}}{MON}"
         rf"{_Y4_AFTER}?", build.week_of_month),
    Rule("month part", ("first", "second"), rf"{EN_LEFT}(?P<h>first|second)\s{{1,2}}half\s{{1,2}}of\s{{1,2}}{MON}"
         rf"{_Y4_AFTER}?", build.half_of_month),
    Rule("month part", ("last",), rf"{EN_LEFT}(?P<h>last)\s{{1,2}}week\s{{1,2}}(?:of|in)\s{{1,2}}{MON}{_Y4_AFTER}?",
         build.half_of_month),
    Rule("feast", ("christmas", "boxing", "new"),
         rf"{EN_LEFT}(?P<hol>christmas\s(?:day|eve)|christmas|boxing\sday|new\syear['’]s\s(?:day|eve))(?![a-z])"
         rf"(?:,?\s(?P<y>20[0-9]{{2}})(?![0-9:]))?", build.feast),
    Rule("weekday of", _WEEKDAY_WORDS, rf"{EN_LEFT}{_WD}\s{{1,2}}(?:of\s{{1,2}})?(?P<w>this|next|last)\s{{1,2}}week"
         r"(?![a-z])", build.weekday_in_week),
    Rule("week part", ("this", "next", "last"), rf"{EN_LEFT}(?P<w>this|next|last)\s{{1,2}}(?P<part>weekend)(?![a-z])",
         build.relative("week")),
    Rule("month", _MONTH_WORDS, rf"{EN_LEFT}{MON}{_Y4_AFTER}", build.month),
    Rule("month", _MONTH_WORDS, rf"{EN_LEFT}{MON}(?!\s?-\s?[0-9])", build.month, "month name"),
    Rule("month part", _PART_WORDS, rf"{EN_LEFT}{_ENGLISH_PART}{MON}(?!\s?[0-9]{{1,2}}(?![0-9])){_Y4_AFTER}?",
         build.month),
    Rule("quarter", _PART_WORDS, rf"{EN_LEFT}{_ENGLISH_PART}Q(?P<q>[1-4])(?![0-9A-Za-z_]){_Y4_AFTER}?", build.quarter),
    Rule("part", _PART_WORDS, rf"{EN_LEFT}{_ENGLISH_PART}(?:{_ENGLISH_WHICH})?{_UNIT}", build.relative("month")),
    Rule("part", _WHICH_WORDS, rf"{EN_LEFT}(?P<w>this|next|last)\s{{1,2}}{_UNIT}", build.relative("month")),
    Rule("part", ("coming", "current", "previous", "prior"), rf"{EN_LEFT}{_ENGLISH_WHICH}{_UNIT}",
         build.relative("month")),
    Rule("weekday of", _WHICH_WORDS, rf"{EN_LEFT}{_ENGLISH_WHICH}{_WD}", build.weekday_of_week),
    Rule("month of", ("this", "next", "last"), rf"{EN_LEFT}(?P<w>this|next|last)\s{{1,2}}{MON}", build.month_of),
    Rule("weekday", _WEEKDAY_WORDS, rf"{EN_LEFT}{_WD}(?!,?\s{{1,2}}(?:[0-9]|{MON.replace('?P<mon>', '?:')}))",
          build.weekday, "weekday"),
    Rule("word", ("yesterday", "today", "tomorrow", "tonight", "eod"),
         rf"{EN_LEFT}(?P<w>yesterday|today|tomorrow|tonight|eod(?!\s{{1,2}}(?:[0-9]|{_ANY_WD}|{_ANY_MON})))(?![a-z])",
          build.day_word),
    Rule("part", ("eow", "eom", "eoq", "eoy"), rf"{EN_LEFT}(?P<part>e)(?P<unit>o[wmqy])(?![a-z0-9_])", build.end_of),
    Rule("quarter", ("q", *_YEARED),
         rf"(?<![0-9A-Za-z_]){_YZ}?Q(?P<q>[1-4])(?![0-9A-Za-z_])(?:{_Y4_AFTER}|\s?{_PART})?",
         build.quarter),
    Rule("quarter", ("0",), rf"(?P<y>20[0-9]{{2}}|[1-3][0-9])[\s-]?Q(?P<q>[1-4])(?![0-9A-Za-z_]){_PART}?",
         build.quarter),
    Rule("quarter", ("first", "second", "third", "fourth", "0"),
          rf"{EN_LEFT}(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)\s{{1,2}}quarter(?:\sof)?"
          rf"(?:{_Y4_AFTER})?", build.quarter),
    Rule("half", ("first", "second"),
         rf"{EN_LEFT}(?P<h>first|second)\s{{1,2}}half(?:\sof(?=\s20))?(?:{_Y4_AFTER}|\sof\sthe\syear|\sof\sthis\syear)",
          build.half),
    Rule("half", ("h",), rf"{EN_LEFT}H(?P<h>[12])\s(?P<y>20[0-9]{{2}})(?![0-9])", build.half),
    Rule("half", ("h",), rf"{EN_LEFT}H(?P<h>[12])(?![0-9A-Za-z_./-])", build.half, "cued"),
    Rule("half", ("0",), r"(?P<y>20[0-9]{2})\s?(?P<h>[上下])半年", build.half),
    Rule("half", ("0",), r"(?P<y>20[0-9]{2})\s?-?H(?P<h>[12])(?![0-9A-Za-z_])", build.half),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*_NUMERIC[:4], *_ENGLISH, *_CHINESE, *_NUMERIC[4:])


def _by_start() -> dict[str, tuple[Rule, ...]]:
    starts = dict.fromkeys(start for rule in RULES for start in rule.starts)
    return {start: tuple(rule for rule in RULES if start in rule.starts) for start in starts}


RULES_AT = _by_start()

# What may stand behind the digits that a rule begins with, blanks left out, and `a` for a letter: most digits are no
# dates (99.996%), and the one character behind them spares two dozen rules a look. Eight digits have no such character.
_BEHIND_DIGITS = {
    "ymd": "-/.", "mdy": "-/.", "iso month": "-/", "slash": "/", "dash": "-", "dot": ".", "compact": "",
    "months": "年月-~至到", "zh": "年月", "month part": "年月a", "month": "年月", "day": "日号", "quarter": "年季-a",
    "half": "年-a", "year part": "年", "year": "年", "quarters": "年", "holiday": "年", "en": ".-a", "en days": "-a",
}  # fmt: skip
# What may stand behind a Chinese character that a rule begins with: 上 opens a date in 上周 and 上旬, and not in 上线.
# Blanks may always stand between.
_MONTHS_ON = "月季-~至到"
BEHIND_CHARS = {
    **dict.fromkeys("一二三四五六七八九", _MONTHS_ON),
    "十": _MONTHS_ON + "一二", "二": _MONTHS_ON + "零〇○", "五": _MONTHS_ON + "一",
    **dict.fromkeys("今明后", "年天日晚早前"), "前": "年天日晚早234二两三四",
    "昨": "天日晚早", "大": "后前", "去": "年", "本": "年周星礼月季",
    "这": "一个周星礼月季", "上": "上一个周星礼月季半旬", "下": "下一个周星礼月季半旬", "中": "旬秋",
    "双": "1十", "第": "1234一二三四",
    "年": "底末初中", "月": "底末初中上下", "周": "一二三四五六日天", "星": "期", "礼": "拜",
    "国": "庆", "春": "节", "元": "旦", "清": "明", "劳": "动", "端": "午",
}  # fmt: skip


def _by_follower() -> dict[str, tuple[Rule, ...]]:
    rules = [(rule, _BEHIND_DIGITS[rule.name]) for rule in RULES_AT["0"]]
    found = {char: tuple(rule for rule, behind in rules if char in behind) for char in "-/.年月日号季~至到a"}
    found |= dict.fromkeys(ascii_letters, found["a"])
    return found | {"": tuple(rule for rule, behind in rules if not behind)}


RULES_BEHIND = _by_follower()
