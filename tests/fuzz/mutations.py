"""Documents that nobody would write: our seeds cut, doubled, shuffled and strewn with strange signs.

`document(number)` is the same for the same number on every machine.
"""

import random
from functools import cache
from pathlib import Path

from geomapper.documents import SourceReader
from geomapper.model import Document

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
STRANGE = (
    "\0", "\ufeff", "\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200d", "\u00ad", "\u2028",
    "\u0301" * 40, "e\u0301", "💥", "👨‍👩‍👧‍👦", "🇺🇦", "\ud83d", "\udc80", "\r", "\x1b[31m", "\x7f", "\ufffd",
    "{{ }}", "{% for x in y %}", "${jndi:x}", "<script>alert(1)</script>", "&amp;&#0;", "]]>", "%s%n",
    "\\u0000", "''\"\"“”«»", "((((((((((", "))))))", "--- — –", "...!?…", "1" * 400, "a" * 5000,
    "-" * 300, "=" * 300, "\n" * 50, " " * 500, "\t\t\t", "A.B.C.D.E.F.G.", "http://x.y/" + "z" * 900,
)  # fmt: skip
SCRIPTS = (
    "Російські війська обстріляли Ізюм у понеділок.",
    "قصفت القوات مدينة حلب يوم الاثنين.",
    "军队在星期一炮击了哈尔科夫。",
    "האש נפתחה ליד עזה.",
    "सेना ने श्रीनगर में गोलीबारी की।",
    "တပ်မတော်က မြို့ကို ဗုံးကြဲခဲ့သည်။",
    "Ὁ στρατὸς ἐβομβάρδισε.",
    "𝕽𝖚𝖘𝖘𝖎𝖆𝖓 𝖋𝖔𝖗𝖈𝖊𝖘 𝖘𝖍𝖊𝖑𝖑𝖊𝖉 𝕴𝖟𝖎𝖚𝖒",
    "ＲＵＳＳＩＡＮ　ＦＯＲＣＥＳ　ＳＨＥＬＬＥＤ　ＩＺＩＵＭ",
    "Rυѕѕіаn fоrсеѕ ѕhеllеd Ιzіum.",
)
ACTORS = ("Russian forces", "the Rapid Support Forces (RSF)", "Gunmen", "It", "They", "Nobody", "")
DEEDS = (
    "shelled", "captured", "were driven out of", "fell to", "plan to seize", "denied shelling",
    "did not attack", "crossed the border into", "shot down 14 drones over", "killed 999999999 people in",
    "killed between -3 and ten to twenty in", "launched an offensive against inflation in",
)  # fmt: skip
PLACES = (
    "Izium", "Goma", "the Kursk region", "10 km north of Sumy", "99999999 km east of Kharkiv",
    "between Goma and Sake", "the outskirts of El Fasher", "the South Pole", "Gaza", "Fiji", "Springfield",
    "0 km of Sumy", "near near near Sumy",
)  # fmt: skip
DAYS = (
    "on Monday", "last summer", "on 30 February", "in 9999", "in the year 0", "since 31 December 9999",
    "in the past 999999999 days", "two centuries ago", "on 1/1/1", "overnight", "99 years later",
    "from May to March", "early on 29 February 2023", "",
)  # fmt: skip
DATES = ("2025-04-08", "0001-01-01", "9999-12-31", "2024-02-29", None)


@cache
def sources():
    """The texts of our seeds."""
    reader = SourceReader()
    paths = sorted(SEEDS.glob("*/article.md"))
    return tuple(article.text for path in paths for article in reader.read(str(path)))


def document(number):
    """Return the document of a number: the same one each time."""
    import datetime as dt

    chance = random.Random(number)  # noqa: S311 - repeatable, not secret
    text = _start(chance)
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(MUTATIONS)(text, chance)
    day = chance.choice(DATES)
    published = dt.date.fromisoformat(day) if day else None
    language = "en" if chance.random() < 0.7 else None
    return Document(f"fuzz-{number}", text or " ", published, language=language)


def _start(chance):
    if chance.random() < 0.4:
        return " ".join(_invented(chance) for _ in range(chance.randint(1, 4)))
    article = chance.choice(sources())
    start = chance.randrange(len(article))
    return article[start : start + chance.randint(80, 900)]


def _invented(chance):
    parts = (
        chance.choice(ACTORS),
        chance.choice(DEEDS),
        chance.choice(PLACES),
        chance.choice(DAYS),
    )
    return " ".join(part for part in parts if part) + chance.choice((".", "!", "?", ",", ""))


def cut(text, chance):
    return text[: chance.randint(0, len(text))]


def doubled(text, chance):
    return text + chance.choice(("", " ", "\n\n")) + text


def words_shuffled(text, chance):
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def letters_shuffled(text, chance):
    start = chance.randint(0, len(text))
    part = list(text[start : start + 60])
    chance.shuffle(part)
    return text[:start] + "".join(part) + text[start + 60 :]


def words_dropped(text, chance):
    return " ".join(word for word in text.split(" ") if chance.random() > 0.2)


def strewn(text, chance):
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(text))
        text = text[:place] + chance.choice(STRANGE) + text[place:]
    return text


def other_script(text, chance):
    place = chance.randint(0, len(text))
    return text[:place] + chance.choice(SCRIPTS) + text[place:]


def shouted(text, _chance):
    return text.upper()


def whispered(text, _chance):
    return text.lower()


def unspaced(text, _chance):
    return "".join(text.split())


def one_word_a_line(text, _chance):
    return "\n".join(text.split())


def punctuation_gone(text, _chance):
    return "".join(sign for sign in text if sign.isalnum() or sign.isspace())


def crossed(text, chance):
    other = chance.choice(sources())
    half, start = chance.randint(0, len(text)), chance.randrange(len(other))
    return text[:half] + other[start : start + 300]


def combining(text, chance):
    return "".join(s + ("\u0338" if chance.random() < 0.05 else "") for s in text)


def untouched(text, _chance):
    return text


MUTATIONS = (
    cut, doubled, words_shuffled, letters_shuffled, words_dropped, strewn, strewn, other_script,
    shouted, whispered, unspaced, one_word_a_line, punctuation_gone, crossed, combining, untouched,
)  # fmt: skip
