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


@pytest.mark.parametrize(
    "said",
    [
        "One lady said to me, you're the first person who's asked.",
        "They want the same face every morning, that's what they keep telling us.",
        "People have been clear with us: don't ring at teatime.",
        "A son wrote to say his father had died waiting.",
        "He says to me, love, I just want my tea hot.",
        "We put it to the carers' forum and they said no.",
        "Her husband rang and asked us to stop sending men.",
        "The young people on the board chose the furniture.",
        "The survey of carers found that four in ten had given up work.",
        "I asked him what he'd like and he said a dog.",
        "Parents tell us the same story.",
        "She goes, I don't need a form, I need a sleep.",
        "they said to us why do you keep asking the same thing",
        "Residents have complained about the noise and we moved it.",
        "In the words of one carer, it's like shouting down a well.",
        "Seventy-one per cent of people said they felt safe.",
        "Disabled people told us the website was useless.",
        "What she wanted was to die at home.",
        "People with a learning disability wrote the questions.",
        "Healthwatch heard from forty families and they said the letters frighten them.",
        "His mum put it better than I could.",
        "The Gypsy families asked for a woman.",
        "He wanted his own front door.",
        "You could see it in the feedback from carers.",
        "It was people themselves who asked for evening sessions.",
        "Her exact words were, don't bother.",
        "The feedback we had from the deaf club was blunt.",
        "A daughter complained, and she was right.",
        "Mrs Ali told the panel about it.",
        "Older people in the villages said they'd lost the bus.",
        "Carers are telling us that respite is the thing.",
        "He never wanted to leave that house.",
        '"You never ring back," a woman told me in the market.',
        "Nan said she'd sooner be at home.",
    ],
)
def test_the_many_ways_in_which_people_are_quoted_are_their_voice(said: str) -> None:
    assert texts(said, "voice")


@pytest.mark.parametrize(
    "said",
    [
        "The team told me it was fine.",
        "Our staff survey said that people feel proud.",
        "The leader asked me to do it and she said yes.",
        "I would say that people are happy.",
        "We ask people what matters to them.",
        "Officers said they would look at it.",
        "The trust told us in March.",
        "The ICB said no and they said it again.",
        "Providers tell us the rate is too low.",
        "People can tell us anything.",
        "The chief executive said that he wanted it quicker.",
        "Nobody told her.",
        "They will tell you that we listen.",
        "The inspectors asked for the file.",
        "My deputy says I worry too much.",
        "My social workers have told me caseloads are high.",
        "As the report says, it works.",
        "If people say no we go back.",
        "We told carers about it in a letter.",
        "We want carers to be heard.",
        "The nurse said he was ready.",
        "The union asked for a meeting.",
        "The consultant told the family on the ward.",
        "I was told by finance.",
        "Members wanted a seat.",
        "What I said was that it's late.",
        "She was told about it in June.",
    ],
)
def test_staff_partners_and_what_might_be_said_are_no_voice(said: str) -> None:
    assert texts(said, "voice") == []


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("The widow upstairs stopped me on the step and said that it was too late.", True),
        ("The director stopped me on the step and said that it was too late.", False),
        ("Every family I've met says the nurses are lovely.", True),
        ("When the lodger, her partner, said that she was frightened, we wrote it down.", True),
        ("The mental health board said that the music was making people worse.", True),
        ("The safeguarding board said that the music was making people worse.", False),
        ("What did she say?", False),
        ("My officer rang, and he said it was done.", False),
        ("A man told my officer, and he said he was cold.", True),
    ],
)
def test_who_speaks_is_told_by_who_was_named(said: str, heard: bool) -> None:
    assert bool(texts(said, "voice")) is heard


def test_a_long_run_of_the_same_words_is_read_to_its_end() -> None:
    assert texts("she used to " * 3000 + "say no", "voice") is not None


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("A man came in. My deputy rang him and he told her he was cold.", True),
        ("A lady came with her doctor. The doctor was late and she said, I've been here since nine.", False),
        ("A lady was in the end bed. Her brother came, and she said, take me home.", True),
        ("One of the workers rang me up and she said it was done.", False),
        ("A lad from the carers' place sat down and he said, what do you do for yourself.", False),
        ("The woman from housing wanted one.", False),
        ("The insurance people wanted it back.", False),
        ("They brought mum home and they told me dinner time.", False),
        ("There were a brother and sister up there and they said they'd manage.", True),
        ("One of them said, everybody thanks my husband.", False),
        ("We sat with the wives. One of them said, everybody thanks my husband.", True),
        ("His wife rang up to say thank you.", True),
        ("Our co-production board asked us to take the word out.", True),
        ("He's told everyone that he only did it for the attention.", True),
        ("I put in the book what she wants.", False),
        ("A carer who says that she cannot go on is urgent.", False),
        ("I let a gentleman speak for as long as he wanted.", False),
    ],
)
def test_the_one_who_speaks_is_told_by_sex_number_work_and_deed(said: str, heard: bool) -> None:
    assert bool(texts(said, "voice")) is heard


def test_two_verbs_of_one_telling_are_one_voice() -> None:
    assert len(texts("A daughter came in. She wrote to me, four pages, and she said it was cruel.", "voice")) == 1
