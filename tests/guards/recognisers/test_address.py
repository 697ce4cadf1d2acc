from __future__ import annotations

import pytest

from guards.recognisers.address import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("lives at 14 Castle Street, Oxford", [("14 Castle Street, Oxford", "LOCATION")]),
    ("P.O. Box 1234", [("P.O. Box 1234", "LOCATION")]),
    ("office in SW1A 2AA", [("SW1A 2AA", "LOCATION")]),
    ("Rue de Rivoli 12", [("Rue de Rivoli 12", "LOCATION")]),
    ("Flat 4, 12 Albion Road, London N16 9PA", [("Flat 4, 12 Albion Road, London N16 9PA", "LOCATION")]),
    ("flat 7, 19 denmark hill, london se5 8rs", [("flat 7, 19 denmark hill, london se5 8rs", "LOCATION")]),
    ("221B BAKER STREET", [("221B BAKER STREET", "LOCATION")]),
    ("1842 Maple Avenue, Apt 5C, Denver, CO 80203", [("1842 Maple Avenue, Apt 5C, Denver, CO 80203", "LOCATION")]),
    ("88 Queen St W, Unit 1406, Toronto, ON M5H 2N2", [("88 Queen St W, Unit 1406, Toronto, ON M5H 2N2", "LOCATION")]),
    ("RR 2 Box 114, Cedar Falls, IA 50613", [("RR 2 Box 114, Cedar Falls, IA 50613", "LOCATION")]),
    ("PSC 451 Box 220, APO AE 09096", [("PSC 451 Box 220, APO AE 09096", "LOCATION")]),
    ("W123 N456 Lakeview Drive, Germantown WI 53022", [("W123 N456 Lakeview Drive, Germantown WI 53022", "LOCATION")]),
    ("18 Clonmel Road, Dublin 11, D11 T2X4", [("18 Clonmel Road, Dublin 11, D11 T2X4", "LOCATION")]),
    ("Plot 47, Sector 18, Gurugram 122015", [("Plot 47, Sector 18, Gurugram 122015", "LOCATION")]),
    ("Blk 412 Ang Mo Kio Ave 10 #08-123", [("Blk 412 Ang Mo Kio Ave 10 #08-123", "LOCATION")]),
    ("Kastanienallee 23, 10435 Berlin", [("Kastanienallee 23, 10435 Berlin", "LOCATION")]),
    ("12 bis rue des Martyrs, 75009 Paris", [("12 bis rue des Martyrs, 75009 Paris", "LOCATION")]),
    ("Prinsengracht 263, 1016 GV Amsterdam", [("Prinsengracht 263, 1016 GV Amsterdam", "LOCATION")]),
    ("Calle 12 # 34-56, Medellín", [("Calle 12 # 34-56, Medellín", "LOCATION")]),
    ("ul. Tverskaya 7, kv. 12, Moscow 125009", [("ul. Tverskaya 7, kv. 12, Moscow 125009", "LOCATION")]),
    ("Kossuth Lajos utca 12, 1053 Budapest", [("Kossuth Lajos utca 12, 1053 Budapest", "LOCATION")]),
    ("4-2-8 Shibakoen, Minato-ku", [("4-2-8 Shibakoen, Minato-ku", "LOCATION")]),
    ("14 Castle Street,\nOxford OX1 2AB", [("14 Castle Street", "LOCATION"), ("Oxford OX1 2AB", "LOCATION")]),
    ("14 Castle Street, 14 November 2024", [("14 Castle Street", "LOCATION")]),
    ("7 Elm Court on 2024-11-14", [("7 Elm Court", "LOCATION")]),
    ("the 14 claims", []),
    ("Lindberg 14 November", []),
    ("based on 12 interviews, Monday", []),
    ("sprint 12 review on the road map", []),
    ("3 days on the road", []),
    ("delegate 2 tasks", []),
    ("moved from node 16.17 to v7", []),
    ("PR #231 / PAY-2210, release 2.4", []),
    ("per Yewande, 895 users", []),
    ("in Oxford", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
