"""The house rules in one list. A new recogniser is one small file, one line here and one table of cases."""

from __future__ import annotations

from typing import Final

from guards.recognisers import (
    address,
    birth_date,
    card,
    context_name,
    email,
    employee_id,
    given_name,
    handle,
    iban,
    ip,
    national_id,
    organisation,
    phone,
    speaker,
    ssn,
    titled_name,
    url,
)
from guards.recognisers.found import Recogniser

ALWAYS: Final[tuple[Recogniser, ...]] = tuple(
    each.RECOGNISER
    for each in (
        email,
        url,
        handle,
        phone,
        iban,
        card,
        ssn,
        national_id,
        ip,
        birth_date,
        employee_id,
        address,
        organisation,
        titled_name,
        context_name,
        given_name,
    )
)
IN_TRANSCRIPTS: Final[tuple[Recogniser, ...]] = (speaker.RECOGNISER,)
