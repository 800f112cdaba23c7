"""What could tell who somebody is, is found before it leaves the laptop; what is only like it is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.listening.privacy import personal_data, valid_nhs_number
from cqcmock.listening.speech import read_speech
from cqcmock.listening.stems import read_words
from tests.some_quickly import some_quickly


def found(text: str) -> list[tuple[str, str]]:
    return [(data.kind.value, data.text) for data in personal_data(read_speech(text, read_words(text)))]


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("nhs-number", "Her number is 943 476 5919 on the form.", "943 476 5919"),
        ("nhs-number", "NHS no. 9434765919", "9434765919"),
        ("nhs-number", "NHS:943-476-5919.", "943-476-5919"),
        ("nhs-number", "it was nine four three four seven six five nine one nine", "nine four three"),
        ("ni-number", "her NI number is QQ 12 34 56 C", "QQ 12 34 56 C"),
        ("ni-number", "his national insurance is ab123456d", "ab123456d"),
        ("ni-number", "National Insurance number JG103759", "JG103759"),
        ("date-of-birth", "She was born on 3 March 1941 in Ware.", "3 March 1941"),
        ("date-of-birth", "DOB 03/03/41", "03/03/41"),
        ("date-of-birth", "d.o.b. 3.3.1941", "3.3.1941"),
        ("date-of-birth", "date of birth: the 14th of June, 1938", "14th of June, 1938"),
        ("date-of-birth", "born on the fourth of May nineteen thirty-eight", "fourth of May nineteen thirty-eight"),
        ("date-of-birth", "her birthday is the second of November 1950", "second of November 1950"),
        ("date-of-birth", "a man, 12/04/1938, living alone", "12/04/1938"),
        ("date-of-birth", "He was born 1938-04-12.", "1938-04-12"),
        ("date-of-birth", "14 June 1938 is when she was born", "14 June 1938"),
        ("date-of-birth", "born June 14th, 1938", "June 14th, 1938"),
        ("postcode", "She lives in SG13 8DE now.", "SG13 8DE"),
        ("postcode", "at W1A 1AA", "W1A 1AA"),
        ("postcode", "postcode EC1A1BB", "EC1A1BB"),
        ("postcode", "its up at sg13 8de i think", "sg13 8de"),
        ("postcode", "M1 1AE", "M1 1AE"),
        ("email", "write to joan.smith@example.org.uk please", "joan.smith@example.org.uk"),
        ("email", "its joan dot smith at example dot org", "joan dot smith at example dot org"),
        ("email", "joan_smith99 (at) example.com", "joan_smith99 (at) example.com"),
        ("phone", "Ring her on 07700 900123.", "07700 900123"),
        ("phone", "on 01632 960 001 after six", "01632 960 001"),
        ("phone", "(01632) 960001", "(01632) 960001"),
        ("phone", "+44 7700 900123", "+44 7700 900123"),
        ("phone", "+44 (0)7700 900 123", "+44 (0)7700 900 123"),
        ("phone", "020 7946 0018", "020 7946 0018"),
        ("phone", "oh seven seven double oh nine double oh one two three", "oh seven seven double oh"),
        ("phone", "her mobile is 900123", "900123"),
        ("case-number", "It was case 48213.", "48213"),
        ("case-number", "case number 2024/1187", "2024/1187"),
        ("case-number", "reference ASC-20391", "ASC-20391"),
        ("case-number", "Case ref ASC-2024-118/7, if you want it", "ASC-2024-118/7"),
        ("case-number", "her file number is 0098123", "0098123"),
        ("case-number", "on Mosaic 1234567", "1234567"),
        ("case-number", "LAS ID 554871", "554871"),
        ("case-number", "(ref. SG/4471)", "SG/4471"),
        ("case-number", "that's SAR-2023-04 and nobody read it", "SAR-2023-04"),
        ("case-number", "safeguarding reference number: 77120", "77120"),
        ("case-number", "case no. 8841 was mine", "8841"),
        ("case-number", "reference SA 20417 and then nothing", "SA 20417"),
        ("name", "Mrs Okafor rang us.", "Mrs Okafor"),
        ("name", "I saw Dr. Patel about it.", "Dr. Patel"),
        ("name", "Cllr Jones asked me", "Cllr Jones"),
        ("name", "Councillor Mary Jones asked me", "Councillor Mary Jones"),
        ("name", "Mr and Mrs O'Brien moved", "Mr and Mrs O'Brien"),
        ("name", "Miss Adeyemi’s rounds", "Miss Adeyemi"),
        ("name", "we rang mrs okafor on the monday", "mrs okafor"),
        ("name", "Mr. T. Smith", "Mr. T. Smith"),
        ("name", "Rev. Dr. Stone", "Rev. Dr. Stone"),
        ("name", "Sister Bernadette at the hospice", "Sister Bernadette"),
        ("name", "a lad called Ahmed Khan", "Ahmed Khan"),
        ("name", "a man named Joe Bright", "Joe Bright"),
        ("name", "a lad of sixteen, called Idris Warsame on our system", "Idris Warsame"),
        ("name", "her name is Dorothy Mills", "Dorothy Mills"),
        ("name", "His name was Winston.", "Winston"),
        ("name", "My neighbour, Sheila Watts, looks after him.", "Sheila Watts"),
        ("name", "I met Joan Archer at the hall.", "Joan Archer"),
        ("name", "theres a chap called ahmed khan", "ahmed khan"),
        ("name", "Her daughter's name is Precious Moyo", "Precious Moyo"),
        ("name", "There's a woman, Edna Pike, who never rings.", "Edna Pike"),
    ],
)
def test_personal_data_is_found_however_it_was_put(kind: str, said: str, words: str) -> None:
    assert [text for one, text in found(said) if one == kind and words in text], found(said)


@pytest.mark.parametrize(
    "said",
    [
        "We have 1,200 carers and 943 476 of them wrote.",
        "The number 943 476 5918 has a wrong check digit.",
        "It rose from 3,400 to 12,000 in 2024.",
        "On 12 March 2024 we met the board.",
        "Ring 111 or 999, or see our 24/7 line.",
        "In section 42 and section 117 cases, and under s42.",
        "It was £1.4 million in 2023/24 and £600,000 went out late.",
        "Hertfordshire County Council and Hertford Town Council agreed.",
        "The scheme is called Home First, and the charity is called Carers First.",
        "A woman called last Monday about her husband.",
        "A man called me something on the doorstep.",
        "We called Healthwatch in.",
        "The director, the leader and the cabinet member all knew.",
        "I met Age UK and Carers Trust last week.",
        "Good Friday and Easter Sunday are the hardest.",
        "Father Christmas came, and the Lord Mayor too.",
        "Miss the deadline and you wait a week.",
        "My own doctor said so. Sister wards were shut.",
        "It is in QS5 and QS9, and COVID-19 made it worse.",
        "We went from 78 per cent to 81.5 per cent.",
        "In case 3 of them rang. In any case 12 did. With reference to 300 people, a case in 2024 and the case of 400.",
        "The A10 and the M25 cut us in two.",
        "I am Hertfordshire born.",
        "Case studies from 2024 are in the pack.",
        "We keep 4 to 5 beds, 10 at most.",
        "My phone rings 40 times a day.",
        "A person is not a number.",
        "She was born in the village in 1938.",
        "We had 250 referrals, a record 80 of them at night.",
    ],
)
def test_what_is_no_personal_data_is_left_alone(said: str) -> None:
    assert found(said) == []


def with_check_digit(nine: str) -> str | None:
    check = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return None if check == 10 else nine + str(check % 11)


nines = st.text("0123456789", min_size=8, max_size=8).flatmap(
    lambda rest: st.sampled_from("123456789").map(lambda first: first + rest)
)


@given(
    nines.filter(lambda nine: with_check_digit(nine) is not None and len(set(nine)) > 1),
    st.sampled_from(["", " ", "-"]),
)
def test_every_nhs_number_with_the_right_check_digit_is_found(nine: str, gap: str) -> None:
    number = with_check_digit(nine)
    assert number is not None
    written = gap.join((number[:3], number[3:6], number[6:]))
    assert found(f"It is {written}, I think.") == [("nhs-number", written)]


@given(nines, st.integers(1, 9))
def test_a_number_with_a_wrong_check_digit_is_no_nhs_number(nine: str, shift: int) -> None:
    right = with_check_digit(nine)
    wrong = nine + str((int(right[9]) + shift) % 10 if right else shift)
    assert not valid_nhs_number(wrong)
    assert "nhs-number" not in [kind for kind, _ in found(f"It is {wrong}.")]


PIECES = (
    "Mrs Okafor called Ahmed Khan 943 476 5919 07700 900123 born on 3 March 1941 SG13 8DE a@b.co case 48213 QQ123456C "
    ", . ASC-20391 name is oh seven double dot at"
)
pieces = st.sampled_from(PIECES.split(" "))


@given(st.lists(pieces, max_size=30).map(" ".join) | st.text(max_size=200))
def test_no_two_stretches_of_personal_data_overlap_so_that_each_can_be_blacked_out(text: str) -> None:
    before = 0
    for data in personal_data(read_speech(text, read_words(text))):
        start, end = data.span
        assert before <= start < end <= len(text)
        assert data.text == text[start:end]
        assert data.why
        before = end


@pytest.mark.parametrize(
    "part",
    some_quickly(
        [
            *(
                "0",
                "0 ",
                "07 ",
                "a@",
                "a.",
                "@",
                "A1",
                "AB-",
                "born ",
                "born on 3 ",
                "case ",
                "case 1 ",
                "Mr ",
                "Mr A ",
            ),
            *(
                "called Joe ",
                "oh seven ",
                "double ",
                "1/1/",
                "AB12",
                "name is ",
                "dot at ",
                "ring me on ",
                "-1",
                "3 March ",
            ),
        ],
        every=6,
    ),
)
def test_two_hundred_thousand_letters_of_anything_are_read_quickly(part: str) -> None:
    text = part * (200_000 // len(part))
    start = time.process_time()
    personal_data(read_speech(text, read_words(text)))
    assert time.process_time() - start < 6  # well under 1 s here; a quadratic rule takes minutes
