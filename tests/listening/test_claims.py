"""Claims that are only under way, and words that blur a claim."""

from __future__ import annotations

import pytest

from tests.listening.hearing_of import texts


@pytest.mark.parametrize(
    "said",
    [
        "We are developing a strategy.",
        "There's a piece of work under way on that.",
        "We're looking at it.",
        "Going forward we will strengthen the offer.",
        "A new carers' strategy is being developed.",
        "so were looking at that with partners",
        "It's in the pipeline.",
        "We're in the process of recruiting.",
        "The team are reviewing the pathway.",
        "We plan to expand the pilot.",
        "It's a work in progress.",
        "We're on a journey with data.",
        "Work is ongoing with the ICB.",
        "We will be rolling that out across the county.",
        "We're working with health colleagues to improve it.",
        "That's something we're actively exploring.",
        "We intend to recommission the service.",
        "There's a programme of work around that.",
        "The new system is being rolled out at the moment.",
        "We hope to launch a new offer soon.",
        "Colleagues are currently scoping options.",
        "An action plan is under development.",
        "We are going to review the threshold.",
        "We have started to map it.",
        "We'll be consulting on that.",
        "We've commissioned a review, which is ongoing.",
        "The strategy will be refreshed.",
        "I'm working on that with the team.",
        "We're starting to see the benefits and are building on that.",
        "We aim to improve our offer to carers.",
        "Plans are being drawn up.",
        "That is being looked at.",
        "We're piloting a new approach in the north.",
        "The team's looking at the waiting list.",
        "We're in discussions with the trust about it.",
        "Officers are drawing up proposals.",
        "We've got plans to change that.",
        "Work has begun on a new model.",
    ],
)
def test_a_plan_without_date_and_owner_is_a_claim_in_progress(said: str) -> None:
    assert texts(said, "in-progress")


@pytest.mark.parametrize(
    "said",
    [
        "We are developing a strategy and it goes to cabinet in March.",
        "The head of commissioning is rolling it out.",
        "We're reviewing it by the end of the year.",
        "Priya is rewriting the letter, and we are testing it.",
        "We'll have that in place within six weeks.",
        "We are recruiting two reviewers, who start on 1 May.",
        "By Christmas we will be consulting on it.",
        "We developed a strategy and it is done.",
        "It was being built when I came.",
        "He was looking at me.",
        "People are working and caring at once.",
        "She is going to be all right.",
        "I'm not going to pretend it's good.",
        "I'm going to be honest with you.",
        "We are proud of that.",
        "They're getting someone up at that hour.",
        "Our principal social worker is leading a review of it.",
        "We will ring you back.",
        "From next April we are moving to one team.",
    ],
)
def test_what_is_done_or_has_a_date_or_an_owner_is_none(said: str) -> None:
    assert texts(said, "in-progress") == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("I think it works.", "I think"),
        ("I would say we're good.", "I would say"),
        ("I'd say we're good.", "I'd say"),
        ("It's probably better.", "probably"),
        ("Hopefully that will change.", "Hopefully"),
        ("It's sort of working.", "sort of"),
        ("We kind of know.", "kind of"),
        ("To some extent we do.", "To some extent"),
        ("It's broadly right.", "broadly"),
        ("Generally people are happy.", "Generally"),
        ("By and large it works.", "By and large"),
        ("As far as I'm aware it does.", "As far as I'm aware"),
        ("We try to ring back.", "We try to"),
        ("It's fairly good.", "fairly"),
        ("There's quite a lot going on.", "quite a lot"),
        ("It's a bit slow.", "a bit"),
        ("We have various plans.", "various"),
        ("Reviews, audits and so on.", "and so on"),
        ("We involve people as appropriate.", "as appropriate"),
        ("We ask people where possible.", "where possible"),
        ("I believe we're improving.", "I believe"),
        ("im not sure but i think so", "i think"),
        ("I suppose it is.", "I suppose"),
        ("What I would say is that we prioritise.", "I would say"),
        ("I believe it's pending.", "I believe"),
        ("We mostly hit it.", "mostly"),
        ("I gather it's better.", "I gather"),
        ("In my view it's near enough done.", "In my view"),
        ("I try and go twice.", "I try and"),
        ("On the whole it works well.", "On the whole"),
        ("More or less everybody.", "More or less"),
        ("We tend to see them early.", "tend to"),
        ("It seems to be working.", "It seems"),
        ("In a sense we do.", "In a sense"),
        ("To be fair, it's pretty good.", "pretty"),
        ("I guess we could do more.", "I guess"),
        ("We're reasonably confident.", "reasonably"),
        ("Perhaps we should.", "Perhaps"),
    ],
)
def test_words_that_blur_a_claim_are_hedges(said: str, words: str) -> None:
    assert any(words in text or text in words for text in texts(said, "hedge")), texts(said, "hedge")


@pytest.mark.parametrize(
    "said",
    [
        "About 40 people wait.",
        "I think of one lad in particular.",
        "What do I think about that?",
        "It is a new kind of service.",
        "They are kind people.",
        "We sorted it out.",
        "I'd rather tell you straight.",
        "That is quite right.",
        "All sorts of people come.",
        "We trust them rather than the form.",
        "I believe in them.",
        "A pretty town with a fair on Mondays.",
        "The clinic is usually on a Monday.",
        "They are mostly younger people.",
        "I believe her.",
        "Everybody is treated fairly.",
        "We tried to explain it and they laughed.",
        "I wrote it the way I'd say it.",
        "We saved a bit for the winter.",
    ],
)
def test_plain_words_are_no_hedges(said: str) -> None:
    assert texts(said, "hedge") == []


@pytest.mark.parametrize(
    "said",
    [
        "We're refreshing our approach to that.",
        "There's some work going on around the edges.",
        "That's being picked up as part of the transformation.",
        "Colleagues are pulling together an action plan.",
        "We've got a project looking at that.",
        "It's something that we're hoping to take forward.",
        "We will be strengthening the offer to carers.",
        "The strategy is being co-produced as we speak.",
        "We're mid-way through a redesign.",
        "It's on our improvement plan and we're progressing it.",
        "We are about to launch a new front door.",
        "I've asked officers to look at it.",
        "We're doing a lot of work on that.",
        "Discussions are ongoing with partners.",
        "We're starting a conversation about it.",
        "The new system will give us that.",
        "We're currently out to tender.",
        "We recognise that and we're addressing it.",
        "It's early days but we're building.",
        "We're committed to improving it.",
        "A task group is being set up.",
        "The team will be reviewing how we do it.",
        "It's a priority for us going forward.",
        "There are plans in place to improve that.",
        "Improvements are being made all the time.",
        "We'll be bringing forward proposals.",
        "We will be asking people about it.",
        "There's a new system coming.",
        "A session is planned.",
        "We have several initiatives in train.",
        "We're hoping the link worker will help.",
        "She said they were looking at an alarm.",
        "The group has met and is developing a plan.",
        "every Monday it's late and we're trying to get another post",
        "We're exploring what that might look like.",
        "an options paper is being prepared",
    ],
)
def test_more_ways_of_saying_that_it_is_coming_are_claims_in_progress(said: str) -> None:
    assert texts(said, "in-progress")


@pytest.mark.parametrize(
    "said",
    [
        "We're open from eight to six.",
        "We're looking after 3,000 people.",
        "They're doing a good job.",
        "We are working in four towns.",
        "I'm talking about my mother.",
        "We're sitting in the kitchen with her.",
        "He's working nights at the depot.",
        "We're seeing fewer people in hospital.",
        "She's getting better.",
        "We're telling people sooner.",
        "We have built two of them.",
        "I'll be straight with you.",
        "We will always ring back.",
        "We're using fewer agency staff.",
        "We're launching it on 3 March.",
        "Ms Reid, our head of commissioning, is drafting it.",
        "The building is going up in the spring.",
        "People are moving into it now.",
        "They're sleeping on floors.",
        "We were developing it when I came.",
        "If we had the money we'd address it.",
        "Nobody is going to put you in a home.",
        "They're getting on with it.",
        "It was picked up in two minutes.",
        "The leaflet is being rewritten by our head of access.",
    ],
)
def test_what_goes_on_every_day_is_no_claim_in_progress(said: str) -> None:
    assert texts(said, "in-progress") == []


@pytest.mark.parametrize(
    "said",
    [
        "It's reasonably well understood.",
        "I'd like to think we're getting better.",
        "I'm pretty sure it's in the plan.",
        "My understanding is that it's done.",
        "It's a little bit patchy.",
        "We do our best to ring back.",
        "By and large.",
        "I would imagine it's about right.",
        "For the most part people get it.",
        "There or thereabouts.",
        "It's more or less there.",
        "We would hope to do it in a week.",
        "I wouldn't like to say exactly.",
        "Some of the time it works.",
        "A number of people have said so.",
        "It's slightly better, I'd say.",
        "In most cases it works.",
        "I don't know exactly but I think so.",
        "as and when required",
        "to be honest I'm not entirely sure",
    ],
)
def test_more_words_that_blur_are_hedges(said: str) -> None:
    assert texts(said, "hedge")


@pytest.mark.parametrize(
    "said",
    [
        "He was very kind to me.",
        "She's quite right about that.",
        "I know it works because I counted.",
        "It is never late.",
        "We try things and drop them.",
        "It happens in every case.",
        "I think of her every day.",
        "He had a bit of paper in his hand.",
        "We have a range in the kitchen.",
    ],
)
def test_more_plain_words_are_no_hedges(said: str) -> None:
    assert texts(said, "hedge") == []
