"""A tiny lexicon for the engine's own tests: one row for each thing the engine has to know how to do."""

from dialogs.risk.lexicon import COLUMNS, REQUIRED_CLASSES, Lexicon, read_lexicon

CLASSES = {
    "neg": "inte|aldrig",
    "negafter": "inte",
    "deny": "tror inte",
    "pseudo": "inte bara",
    "but": "men",
    "now": "nu|just nu|ikväll|idag",
    "recent": "igår|idag",
    "old": "förra året|som barn|för länge sedan",
    "safe": "jag är trygg|jag är trygg nu|det är över",
    "other": "min kompis|min väns|en granne",
    "quote": "film*|låt*|nyheterna|drömde",
    "hyp": "om|vad händer om|tänk om",
    "kin": "pappa|mamma|min bror|bror|baba|kusin",
    "they": "de|dom",
    "partner": "min man|mannen",
    "child": "min son|barnen",
    "me": "jag|mig|mej|min",
    "over": "slog|slagit|vet",
    "grave": "döda|dödar|strypte|kniv",
    "laugh": "haha*",
    "homograph": "tabellerna",
}

ROWS = (
    # id, category, level, pattern, key, person, blocks, example, example_not
    ("t.su.1", "SU", 2, "vill _ dö", "K0", "self", "", "jag vill dö", "jag vill döpa barnet"),
    ("t.su.2", "SU", 2, "ta|tar livet _ mig", "K1safe", "self", "", "jag tar livet av mig", "snön tar livet av träden"),
    ("t.su.3", "SU", 3, "tagit alla tabletterna|pillren", "K0", "self", "", "jag har tagit alla tabletterna", "ta en"),
    ("t.su.4", "SU", 1, "orkar inte mer|längre", "K0", "self", "", "jag orkar inte mer", "jag orkar mer"),
    ("t.su.5", "SU", 2, "självmord*", "K0", "self", "", "jag planerar självmord", "mord"),
    ("t.tv.1", "TV", 2, "<kin>|han|de (ska) döda|dödar mig|mej", "K0", "any", "", "pappa ska döda mig", "nej"),
    ("t.tv.2", "TV", 2, "<kin>|han slog|slår mig|mej", "K0", "any", "", "pappa slog mig", "klockan slog tolv"),
    ("t.tv.8", "TV", 2, "dödar|slog <kin>|de|han mig", "K0", "any", "", "dödar de mig", "dödar han tid"),
    ("t.tv.3", "TV", 2, "jag dödar dig", "K0", "any", "", "pappa sa: jag dödar dig", "jag dödar tid"),
    ("t.tv.4", "TV", 2, "strypte (han) mig", "K0", "any", "", "han strypte mig", "han kramade mig"),
    ("t.tv.5", "TV", 1, "🔪 😭", "K0", "any", "", "🔪😭", "🔪"),
    ("t.tv.6", "TV", 3, "<kin> är utanför dörren", "K0", "any", "", "pappa är utanför dörren", "katten är utanför"),
    ("t.tv.7", "TV", 2, "döda henne", "K0", "kin", "", "de ska döda henne", "hej"),
    ("t.lf.1", "LF", 2, "hittar|hittat mig|mej", "K0", "any", "", "de har hittat mig", "jag hittar inte"),
    ("t.lf.2", "LF", 2, "vet var jag bor", "K0", "any", "", "han vet var jag bor", "han vet var jag jobbar"),
    ("t.lf.3", "LF", 1, "^ de vet $", "K0", "any", "", "de vet", "de vet att jag arbetar"),
    ("t.fp.1", "FP", 2, "träffa <kin>", "K0", "any", "", "jag ska träffa mamma", "jag ska träffa läkaren"),
    ("t.hu.1", "HU", 1, "prata med en människa", "K0", "self", "", "kan jag prata med en människa", "prata med boten"),
    ("t.ar.1", "TV", 2, "یقتلونی|یقتلوني", "K0", "any", "", "بيقتلوني", "قتلوا الوقت"),
    ("t.fa.1", "SU", 2, "می‌خواهم بمیرم", "K0", "self", "", "می‌خواهم بمیرم", "می‌خواهم بخوابم"),
    ("t.fa.2", "SU", 2, "خواهم بمیرم", "K0", "self", "", "خواهم بمیرم", "بخوابم"),
    ("t.b.1", "block", "", "dö av skratt|hunger", "", "", "SU", "jag vill dö av skratt", ""),
    ("t.b.2", "block", 1, "döda mig vänligt", "", "", "TV,PV", "pappa ska döda mig vänligt", ""),
    ("t.tv.9", "TV", 2, "skratta ihjäl sig och mig", "K0", "any", "", "skratta ihjäl sig och mig", "nej"),
    ("t.tv.10", "TV", 2, "ihjäl sig", "K0", "any", "", "slog ihjäl sig", "nej"),
    ("t.b.4", "block", "", "skratta ihjäl sig", "", "", "TV", "skratta ihjäl sig", ""),
    ("t.b.3", "block", "", "jag vill inte dö jag vill leva", "", "", "SU", "jag vill inte dö, jag vill leva", ""),
)  # fmt: skip


def line(**cells: object) -> str:
    """One row of the table."""
    return "\t".join(str(cells.get(column, "")) for column in COLUMNS)


def table(*extra: str) -> str:
    """The whole table as it would stand in a file."""
    names = ("id", "category", "level", "pattern", "key", "person", "blocks", "example", "example_not")
    classes = [line(id=f"<{name}>", category="class", pattern=words) for name, words in CLASSES.items()]
    rows = [line(**dict(zip(names, row, strict=True))) for row in ROWS]
    return "\n".join(["\t".join(COLUMNS), "# a remark", *classes, *rows, *extra, ""])


def tiny() -> Lexicon:
    """The lexicon that the table makes."""
    assert {name[1:-1] for name in REQUIRED_CLASSES} <= CLASSES.keys()
    return read_lexicon(table(), "t/risk.tsv", "t")
