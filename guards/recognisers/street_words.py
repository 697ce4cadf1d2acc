"""The words by which streets, units and post codes are known in some fifty countries, as patterns without positions.

Holds no rule of its own: ``address.py`` says where a word counts, ``address_parts.py`` what may stand beside it.
"""

from __future__ import annotations

import re
from typing import Final

CAP: Final = r"[^\W\d_a-zß-öø-ÿ][\w'’-]*\.?"
"""A word that begins with a capital, of any script that has them."""
SMALL: Final = (
    r"(?:de|da|do|dos|das|del|della|delle|dei|degli|di|du|des|d['’]|l['’]|la|le|les|el|los|las|van|von|der|den|dem|"
    r"het|ter|ten|"
    r"te|am|an|im|in|auf|zum|zur|unter|bei|of|the|on|upon|y|e|et|na|ul|nad|pod|v|bin|al|av|af|på|ved|sur|sous|aux?)"
)
NUMBER: Final = (
    r"\d{1,6}(?:[ ]?[-/][ ]?\d{1,5}){0,3}(?:[ ]?(?:bis|ter|quater|hs|bv)\b|-?[A-Za-z](?![\w])|-[IVX]{1,4}\b|"
    r"[ ][A-H](?![\w'’.:])(?:[ ]\d{1,3}(?![\w:.%-]))?)?"
)
MARK: Final = r"(?:(?:n[º°o]|nr|no|num|kav|house|č\.?p|#)\.?:?[ ]?|№[ ]?|#[ ]?)"
DIRECTION: Final = r"(?:[NSEW]|NE|NW|SE|SW|North|South|East|West|Ouest|Est|Nord|Sud|Sur|Norte)"
ENGLISH: Final = (
    r"(?i:avenue|ave?|street|st|str|road|rd|lane|ln|drive|dr|drv|boulevard|boul|blvd|court|ct|place|pl|square|sq|"
    r"terrace|ter|"
    r"terr|way|wy|close|cl|crescent|cres|cr|gardens?|gdns|grove|gr|highway|hwy|parkway|pkwy|row|mews|walk|hill|"
    r"circle|cir|"
    r"trail|trl|nagar|marg|cross|salai|path|pass|pike|plaza|quay|rise|green|view|vale|wharf|parade|pde|esplanade|"
    r"loop|bend|"
    r"alley|arcade|point|pointe|ridge|run|bypass|expressway|gate|gateway|heights|park|passage|promenade|broadway|"
    r"strand|"
    r"vihar|chowk|bagh|colony|extension|layout|enclave|queensway|kingsway|wynd|brae|loan|esplanade|freeway|turnpike|"
    r"crossing|landing|meadows?|manor|cove|creek|glen|hollow|isle|knoll|lodge|orchard|springs?|station|villas?|yard)"
)
ENGLISH_SURE: Final = (
    r"(?i:street|road|avenue|boulevard|blvd|lane|crescent|terrace|rd|ave|mews|highway|hwy|parkway|pkwy|nagar|salai|"
    r"marg|gdns)"
)
"""Types that are hardly another word in lower case; the others want a post code, a unit or an announcement beside."""
FIRST: Final = (
    r"(?:rue|avenue|avda|avenida|av|boulevard|boul|bd|blvd|place|impasse|quai|chemin|cours|all[ée]es?|route|square|"
    r"passage|"
    r"rang|via|viale|piazza|piazzale|corso|largo|vicolo|strada|contrada|calle|plaza|plaça|paseo|passeig|carrer|"
    r"carretera|"
    r"ronda|camino|rua|travessa|praça|alameda|estrada|rodovia|ulica|aleja|calea|prospekt|odos|leoforos|jalan|jln|"
    r"jl|lorong|"
    r"jir[óo]n|carrera|cra|kra|diagonal|transversal|soi|laan van|straat|platz|náměstí|trg|calzada|prolongaci[óo]n|"
    r"privada|"
    r"cerrada|bulevar|bulevardul|aleea)"
)
SHORT: Final = (
    r"(?:av|avda|bd|boul|blvd|r|pl|al|os|ul|str|șos|sos|bul|vul|per|pr|jl|jln|jr|cl|cra|kra|urb|c|nám|pza|pca|"
    r"trav|ch|p)"
)
"""Abbreviations of such words, which count with their stop alone."""
FIRST_FOREIGN: Final = (
    r"(?:rue|avda|avenida|impasse|quai|chemin|all[ée]e|viale|piazza|piazzale|corso|vicolo|calle|plaza|plaça|paseo|"
    r"passeig|"
    r"carrer|carretera|rua|travessa|praça|alameda|estrada|rodovia|ulica|aleja|strada|calea|odos|leoforos|jalan|lorong|"
    r"jir[óo]n|carrera|laan van|náměstí|soi)"
)
"""Those of them that are no English words, which count in lower case too."""
SUFFIX: Final = (
    r"(?:stra(?:ß|ss)e|str\.|strasse|gasse|platz|allee|weg|damm|ufer|steig|gracht|straat|laan|kade|plein|dijk|singel|"
    r"gatan|gränden|vägen|torget|veien|vegen|gaten|vej|gade|plads|stræde|vænge|katu|kuja|tie|penger|vegur|stígur|gata|"
    r"stræti|straeti|utca|iela|gatvė|braut|markt|ring|gate|väg|vei|allé|hof|berg|graben|stiege|lund|backen|stien|plass|"
    r"[ôo]ver|dreef|steenweg|baan|lei|pad)"
)
BEHIND: Final = (
    r"(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|all[ée]|utca|[úu]t|u\.|t[ée]r|k[öo]r[úu]t|krt\.|"
    r"rkp\.|"
    r"cad\.|caddesi|cd\.|sok\.|soka[kğ][ıi]?|sk\.|bulvar[ıi]|blv\.|mah\.|mahallesi|prospe[kc]t|pr\.|pr-t|mnt\.?|"
    r"pst\.?|iela|"
    r"gatv[ėe]|g\.|cesta|ulica|trg|n[áa]m[ěe]st[íi]|t[řr][íi]da|gade|gate|vei|veien|vej|plads|torg|tie|katu|kuja|"
    r"straat|"
    r"laan|plein|gracht|kade|rakpart|s[ée]t[áa]ny|ave?\.?|road|street|st\.?)"
)
UNIT: Final = (
    r"(?i:flat|apt|apartment|apto|suite|ste|unit|room|rm|floor|fl|block|blk|bldg|building|tower|house|villa|level|"
    r"lot|plot|"
    r"door|h\.?[ ]?no|d\.?[ ]?no|shop|office|sector|phase|stage|ward|district|section|lane|road|street|khasra|"
    r"survey|gate|"
    r"bte|bus|lgh|kv|m|ap|bl|sc|et|sk|depto|dto|int|piso|planta|puerta|pta|esc|fszt|em|top|stiege|t[üu]r|interno|"
    r"scala|box|"
    r"kat|daire|no|nr|d|km|col|barangay|brgy|soi|moo|rt|rw|postbox|bâtiment|bat)"
)
HOME: Final = r"(?i:flat|apt|apartment|apto|villa|plot|h\.?[ ]?no|house[ ]no|door[ ]no|d\.?[ ]no|blk)"
"""Units that are somebody's home, or a plot: no meeting is held there."""
HOUSE: Final = (
    r"(?i:house|cottage|rectory|court|lodge|mansions?|apartments?|heights|towers?|residency|villas?|building|"
    r"maltings|farm|"
    r"hall|barn|mill|manor|enclave|society|complex|estate|vicarage|wharf|point|green|view|flats|homes|chambers|"
    r"arcade|plaza)"
)
CITIES: Final = frozenset(
    re.findall(
        r"\w+",
        "sydney melbourne london paris berlin munich hamburg madrid barcelona lisbon rome milan vienna zurich "
        "geneva amsterdam brussels stockholm oslo copenhagen helsinki warsaw prague budapest athens istanbul "
        "dublin edinburgh glasgow manchester birmingham bristol leeds boston chicago seattle denver atlanta "
        "houston toronto montreal vancouver tokyo osaka seoul beijing shanghai singapore mumbai delhi "
        "bangalore bengaluru chennai hyderabad pune nairobi lagos accra cairo dubai johannesburg moscow bath "
        "reading hong kong new india germany france spain italy poland ireland england scotland uk usa canada "
        "australia netherlands austria ",
    )
)
"""Towns and countries that are no name of a person whatever a model says, but end an address."""
CODE: Final = (
    r"(?:(?i:[a-z]{1,2}\d[a-z\d]?[ ]?\d[abd-hjlnp-uw-z]{2}|[a-z]\d[a-z][ ]?\d[a-z]\d|[a-z]\d[\dw][ ]?[a-z\d]{4}"
    r"(?=[^\w]|$))"
    r"|(?:[A-Z]{2,3}[ ]+|(?i:[a-z]{1,3})-)?\d{4,6}(?:-\d{3,4})?(?:[ ][A-Z]{2}(?=[ ,]))?|\d{2}-\d{3}|\d{3}-\d{4}|"
    r"\d{3}[ ]\d{2,3})(?![\w]|[.,:]\d)"
)
YEAR: Final = r"(?:19[5-9]|20[0-4])\d(?![\w-])"
