"""Made-up structured identifiers that are well formed: check digits, numbering plans and formats hold.

Refuses nothing; whatever is made here belongs to nobody that we know of.
"""

from __future__ import annotations

import calendar
import ipaddress
import random
import unicodedata
from collections.abc import Callable, Iterator

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

REGIONS = (
    *("GB", "US", "CA", "IE", "AU", "NZ", "DE", "FR", "ES", "IT", "PT", "NL", "BE", "CH", "AT", "SE", "NO", "DK", "FI"),
    *("IS", "PL", "CZ", "HU", "HR", "SI", "GR", "TR", "RU", "IN", "CN", "JP", "KR", "VN", "TH", "IR", "ER", "SA", "AE"),
    *("NG", "BR", "MX"),
)
TYPED = "typed"
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "đ": "d", "þ": "th", "ı": "i", "æ": "ae", "ð": "d", "'": None, " ": None, "-": None}
)
# country, length of the account part, its letters (A) and digits (9)
_IBANS = {
    "DE": "9" * 18,
    "GB": "AAAA" + "9" * 14,
    "FR": "9" * 23,
    "ES": "9" * 20,
    "IT": "A" + "9" * 22,
    "NL": "AAAA" + "9" * 10,
    "BE": "9" * 12,
    "CH": "9" * 17,
    "AT": "9" * 16,
    "PL": "9" * 24,
    "SE": "9" * 20,
    "NO": "9" * 11,
    "DK": "9" * 14,
    "FI": "9" * 14,
    "PT": "9" * 21,
    "IE": "AAAA" + "9" * 14,
    "TR": "9" * 22,
    "SA": "9" * 20,
    "AE": "9" * 19,
    "CZ": "9" * 20,
    "HR": "9" * 17,
    "HU": "9" * 24,
    "GR": "9" * 23,
}
_BRANDS = (
    *(("4", 16), ("4", 13), ("4", 19), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15)),
    *(("6011", 16), ("65", 16), ("36", 14), ("300", 14), ("3528", 16), ("62", 16), ("62", 19), ("62", 17)),
    *(("5018", 12), ("6304", 13), ("5020", 15), ("6759", 18), ("6763", 19)),
)


def ascii_of(name: str) -> str:
    """A name as it stands in an address: lower case, no marks, no separators."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_PLAIN))
    return "".join(each for each in plain if each.isascii() and each.isalnum())


def account(dice: random.Random, given: str, family: str) -> str:
    """An account name in one of the usual ways."""
    first, last = ascii_of(given), ascii_of(family)
    ways = (f"{first}.{last}", f"{first[0]}{last}", f"{first}_{last}", f"{last}{first[0]}", f"{first}-{last}", first)
    return dice.choice(ways)


def handle(dice: random.Random, given: str, family: str) -> str:
    """A user name without its at sign."""
    first, last = ascii_of(given), ascii_of(family)
    ways = (f"{first}_{last[0]}", f"{first[0]}{last}{dice.randint(1, 99)}", f"{first}.{last}", f"{first}{last}")
    return dice.choice((*ways, f"{last}-{first}", f"{first}{dice.randint(70, 99)}"))


def spoken(dice: random.Random, given: str, family: str, host: str) -> str:
    """An e-mail address as people say it, or write it to mislead machines."""
    first, last = ascii_of(given), ascii_of(family)
    name, words = dice.choice((first, f"{first}.{last}", f"{first[0]}{last}")), host.replace(".", " dot ")
    ways = (
        f"{first} at {words}",
        f"{first} dot {last} at {words}",
        f"{name} at {words}",
        f"{name}[at]{host.replace('.', '[dot]')}",
        f"{name} [at] {host.replace('.', ' [dot] ')}",
        f"{name} (at) {host}",
        f"{name} AT {host.replace('.', ' DOT ')}",
    )
    return dice.choice(ways)


def url(dice: random.Random, given: str, family: str, host: str) -> tuple[str, str, str]:
    """What stands before the name in a URL, the name, and what stands after it."""
    first, last = ascii_of(given), ascii_of(family)
    both, user = f"{first}-{last}", f"{first[0]}{last}"
    ways = (
        ("https://www.linkedin.com/in/", both, "/"),
        ("linkedin.com/in/", f"{first}{last}", ""),
        ("https://github.com/", user, ""),
        ("github.com/", both, "/notebooks"),
        ("https://", both, ".dev"),
        ("www.", f"{first}{last}", ".com/about"),
        ("https://calendly.com/", both, "/30min"),
        ("https://wiki.corp.internal/~", user, ""),
        (f"https://{host}/team/", both, ".html"),
        (f"http://people.{host}/", f"{first}.{last}", "?tab=talks"),
    )
    return dice.choice(ways)


def iban(dice: random.Random, country: str) -> str:
    """An IBAN whose check digits hold, spaced in fours or not."""
    body = "".join(dice.choice("ABCDEFGHKLMNPRSTUVWXZ" if each == "A" else "0123456789") for each in _IBANS[country])
    digits = "".join(str(int(each, 36)) for each in f"{body}{country}00")
    whole = f"{country}{98 - int(digits) % 97:02d}{body}"
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4)) if dice.random() < 0.6 else whole


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others."""
    doubled = [int(each) * (1 + at % 2) for at, each in enumerate(reversed(digits))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def card(dice: random.Random, brand: tuple[str, int]) -> str:
    """A card number of the brand's prefix and length: bare, spaced or with dashes."""
    prefix, length = brand
    body = prefix + "".join(dice.choice("0123456789") for _ in range(length - len(prefix) - 1))
    digits = next(f"{body}{last}" for last in range(10) if luhn(f"{body}{last}"))
    cuts = {15: (4, 10), 14: (4, 10)}.get(length, tuple(range(4, length, 4)))
    parts = [digits[a:b] for a, b in zip((0, *cuts), (*cuts, length), strict=True)]
    return dice.choice((" ", " ", "-", "")).join(parts)


def ssn(dice: random.Random, *, dashed: bool) -> str:
    """A well-formed number of a never-issued look: dashes, spaces or none."""
    area = dice.choice([each for each in range(1, 900) if each != 666])
    parts = (f"{area:03d}", f"{dice.randint(1, 99):02d}", f"{dice.randint(1, 9999):04d}")
    return ("-" if dashed else dice.choice(("-", "-", "-", " ", ""))).join(parts)


def ip(dice: random.Random) -> str:
    """An address of either version, short or whole."""
    if dice.random() < 0.6:
        return ".".join(str(dice.randint(1, 254)) for _ in range(4))
    low = dice.getrandbits(64) if dice.random() < 0.5 else dice.getrandbits(16)
    six = ipaddress.IPv6Address((0x20010DB8 << 96) | (dice.getrandbits(16) << 64) | low)
    return six.exploded if dice.random() < 0.3 else str(six)


def birth_date(dice: random.Random) -> str:
    """A day between 1950 and 2003, written in one of eight ways."""
    year, month, day = dice.randint(1950, 2003), dice.randint(1, 12), dice.randint(1, 28)
    name = calendar.month_name[month]
    ways = (
        *(f"{day} {name} {year}", f"{year}-{month:02d}-{day:02d}", f"{day:02d}/{month:02d}/{year}"),
        *(f"{month}/{day}/{year % 100:02d}", f"{day}.{month}.{year}", f"{name} {day}, {year}"),
        *(f"{day} {name[:3]} {year}", f"{day:02d}-{month:02d}-{year}"),
    )
    return dice.choice(ways)


def _typed(dice: random.Random, number: phonenumbers.PhoneNumber) -> str:
    """A number as a person in a hurry writes it."""
    whole = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    code, _, rest = whole.removeprefix("+").partition(" ")
    bare = "".join(each for each in national if each.isdigit())
    ways: list[Callable[[], str]] = [
        lambda: f"00{code} {rest}",
        lambda: f"+{code} (0){rest}" if national.startswith("0") else f"(+{code}) {rest}",
        lambda: f"+{code}.{rest.replace(' ', '.').replace('-', '.')}",
        lambda: bare,
        lambda: f"{bare[:3]}/{bare[3:]}" if len(bare) > 8 else f"+{code}{bare}",
        lambda: f"{bare[:4]} {bare[4:]}",
    ]
    return dice.choice(ways)()


def phones(dice: random.Random) -> Iterator[tuple[str, str]]:
    """Way and region of it and number: four ways for every region, in random order, again and again."""
    ways = ("international", "e164", "national", TYPED)
    while True:
        plan = [(region, way) for region in REGIONS for way in ways]
        dice.shuffle(plan)
        for region, way in plan:
            kind = PhoneNumberType.MOBILE if dice.random() < 0.6 else PhoneNumberType.FIXED_LINE
            number = _valid(dice, region, kind)
            yield f"{way}/{region}", _written(dice, number, way)


def _valid(dice: random.Random, region: str, kind: int) -> phonenumbers.PhoneNumber:
    example = phonenumbers.example_number_for_type(region, kind) or phonenumbers.example_number(region)
    if example is None:
        raise LookupError(region)
    for _ in range(200):
        start = str(example.national_number)[:-3]
        number = phonenumbers.PhoneNumber(
            country_code=example.country_code,
            national_number=int(f"{start}{dice.randint(0, 999):03d}"),
            italian_leading_zero=example.italian_leading_zero,
        )
        if phonenumbers.is_valid_number_for_region(number, region):
            return number
    return example


def _written(dice: random.Random, number: phonenumbers.PhoneNumber, way: str) -> str:
    if way == TYPED:
        return _typed(dice, number)
    form = {"international": PhoneNumberFormat.INTERNATIONAL, "e164": PhoneNumberFormat.E164}
    return phonenumbers.format_number(number, form.get(way, PhoneNumberFormat.NATIONAL))


def ibans(dice: random.Random) -> Iterator[tuple[str, str]]:
    """Country and IBAN, every country in turn."""
    while True:
        for country in _IBANS:
            yield country, iban(dice, country)


def cards(dice: random.Random) -> Iterator[tuple[str, str]]:
    """Length and number, every brand in turn."""
    while True:
        for brand in _BRANDS:
            yield str(brand[1]), card(dice, brand)
