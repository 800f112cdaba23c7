"""The voice of people who draw on care, carers and families is told from that of staff and partners."""

from __future__ import annotations

import pytest

from tests.listening.hearing_of import texts


@pytest.mark.parametrize(
    "said",
    [
        "Carers told us they were sick of repeating it.",
        "A woman rang me and she said, I want my own key.",
        "In his words, it felt like being dropped.",
        "People say they're sick of repeating it.",
        "We built what residents asked for.",
        "We surveyed 400 carers and six in ten said they had no break.",
        "Families have told me the same thing.",
        "The mums wanted evenings, so we moved it.",
        "people told us and i quote that the letter was frightening",
        "We heard from carers that nights are the worst.",
        "Young people decided who got the contract.",
        "One chap put it to me like this: you lot always ring at nine.",
        "Seventy per cent of people told us they felt safe.",
        "He told his worker he'd rather be at the allotment.",
        "The feedback from families was that the phone is never answered.",
        "A carer described it as falling off the edge.",
        "Residents complained about the letters, so we changed them.",
        "Her daughter asked why nobody had rung.",
        "What matters to people is the same face.",
        "Tenants chose the colour and the chairs.",
        "They asked us for a sitter.",
        "A parent said to me, I'm done.",
        "Deaf people have been telling us for years.",
        "She'd asked for a man, and we sent one.",
        "The panel of people who use services turned it down.",
        "Their message was simple: ring us back.",
        "As one carer put it, you're invisible.",
        "According to carers, the form is too long.",
        "We listened to parents, and they were clear that the bus comes too early.",
        "Satisfaction is 64 per cent among people who use our services.",
        "Service users told us they want the same worker.",
    ],
)
def test_what_people_said_or_wanted_is_their_voice(said: str) -> None:
    assert texts(said, "voice")


@pytest.mark.parametrize(
    "said",
    [
        "Staff told us they felt heard.",
        "The inspectors said we were good.",
        "My officers tell me it is in hand.",
        "Members asked for a report.",
        "Our partners have told us the same.",
        "I said that at the time.",
        "We asked people what they need.",
        "The director told me on Monday.",
        "Social workers said the form was too long.",
        "Providers would tell you it's short.",
        "If a carer says she is worn out we act.",
        "I'd say people here are proud.",
        "CQC told us to go further.",
        "We always tell people how to complain.",
        "I can tell you that it works.",
        "The report says otherwise.",
        "The cabinet member wanted it.",
        "We put residents at the heart of all we do.",
        "The chair of scrutiny asked me for the figure.",
        "My manager said no, and she told me why.",
    ],
)
def test_what_others_said_is_not(said: str) -> None:
    assert texts(said, "voice") == []
