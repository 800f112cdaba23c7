"""First names that are common in England, for telling that two words are somebody's name. Data, not rules.

Names that are also everyday words (Grace, Mark, Will, May, Hope) count only where somebody is introduced by them.
"""

from __future__ import annotations

from cqcmock.listening.stems import word_set

FIRST_NAMES = word_set(
    "aaron abdi abdul abdullah abena abigail adaeze adam adrian agnes agnieszka ahmed aisha alan albert alec alex "
    "alexander alfie alfred ali alice alison amanda amelia amina amir amit amrit amy andrea andrei andrew andy "
    "angela angus anil anita ann anna anne annie anthony antony anwar aoife archie arif arjun arthur arun asha "
    "ashley asif asim audrey ayaan ayesha baljit barbara barry beatrice ben benjamin bernard beryl beth betty bilal "
    "billy blessing bob bobby brenda brian bridget bridie bronwen bryan callum carl carol caroline catherine cathy "
    "catriona cedric charles charlie charlotte cheryl chidi chinedu chloe chris christina christine christopher "
    "ciaran claire clare clement clifford clive colin connor craig cynthia cyril dafydd daisy daniel danny daphne "
    "darren david dawn dean debbie deborah declan deepak delroy denise dennis derek desmond devon diana diane dilip "
    "dilys dipak dmytro donald donna doreen doris dorothy douglas duncan eddie edith edna edward eileen elaine "
    "eleanor elena elizabeth ella ellen ellie elsie emeka emily emma emrys enid eric erica ernest errol esther "
    "ethan ethel eunice eva evelyn farah farai fartun fatima femi fergus fiona florence frances francis frank fred "
    "freda freddie gareth gary gavin geoff geoffrey george georgia gerald geraldine gillian gina gladys glenda "
    "glenn gloria gordon grace graham greg gurdeep gurpreet gwen gwyneth halima hamish hamza hannah harbhajan "
    "harjinder harjit harold harpreet harriet harry hassan hazel heather helen henry herbert hettie hilary hilda "
    "hodan holly horace howard hubert hugh hussain hywel ian ibrahim idris ifeoma imran ioana irene iris isaac "
    "isabel isla ivan ivor ivy jack jackie jacob jacqueline jade jagdish jake james jamie jane janet janice jasmin "
    "jasmine jason jaswinder jay jayesh jean jeanette jeff jeffrey jennifer jenny jeremy jess jessica jill jim "
    "jimmy joan joanna joanne joe joel john johnny jonathan jordan joseph josephine joshua joyce judith judy julia "
    "julian julie june karen karim kashif katarzyna kate katherine kathleen kathryn katie kavita kay kayleigh keith "
    "kelly ken kenneth kerry kevin khadija kieran kim kiran kirsty kofi krishna krzysztof kulwinder kwame kyle "
    "lakshmi laura lauren lawrence leah lee leon leonard leroy leslie lewis liam lily linda lindsay lionel lisa liz "
    "lorraine lottie louis louisa louise lucas lucy luke lydia lynn lynne mabel magda maggie malcolm malik mandy "
    "manjit manoj marcia marcus margaret maria marian marie marilyn marion marjorie marlene martha martin mary "
    "maryam mason matthew maud maude maureen maurice mavis max megan mei melanie melissa mervyn michael michelle "
    "mick mihai mike mildred millie ming miriam mohamed mohammad mohammed mohamud moira molly monica morag morris "
    "muhammad muriel myfanwy nadeem nadia nancy naomi nasreen natalie natasha nathan naveed neil nesta neville "
    "ngozi niamh nicholas nick nicola nigel nina noah noel nora noreen norma norman nusrat oksana olena olive "
    "oliver olivia olwen omar oscar osman owen pamela paramjit parveen pat patricia patrick paul paula pauline "
    "pawel pearl peggy penny percy peter phil philip phoebe phyllis piotr poppy precious priya rachel rahul raj "
    "rajesh rajinder ralph ramesh ranjit raymond rebecca reg reggie reginald rehana rhiannon rhys richard rita "
    "robert robin roger ron ronald ronnie rose rosemary rosie ross rowena roy rubina ruby rudo rukhsana rupert "
    "russell ruth ryan sabina sadia sagal saima saira sally salma sam samantha samina samuel sandra sanjay sara "
    "sarah sarbjit saroj scott sean sebastian shabnam shahid shanice sharon shaun shazia sheila shirley sian sidney "
    "simon simran sinead siobhan sita sophia sophie stan stanley stefan stella stephanie stephen steve steven "
    "stewart stuart sue sukhdev sunil sunita surinder susan suzanne svitlana sylvia tahir tahira tamsin tanisha "
    "tanya tariq tasleem teddy tendai terence teresa terrence terry thelma theo theresa thomas tim timothy tina "
    "toby tom tomasz tommy tony tracey tracy trevor tunde tyler una ursula usha usman valerie vanessa vera verity "
    "vernon veronica victoria vijay vincent viola violet vivian waqas wayne wendy wilfred william wilma winifred "
    "winston yasin yasmin yemi yolanda yusuf yvonne zac zainab zara zoe zubair"
)

FAMILY_NAMES = word_set(
    "adams ahmed akhtar ali allen anderson bailey baker begum bell bennett bhatt brown campbell carter chapman "
    "choudhury clark clarke collins cook cooper cox davies davis edwards ellis evans foster fox gray green griffiths "
    "hall harris harrison hill holmes hughes hunt hussain iqbal jackson james johnson jones kaur kelly khan king "
    "kumar lee lewis lloyd mahmood malik marshall martin mason matthews miah mills mitchell moore morgan morris "
    "murphy murray nolan okafor okonkwo osei owen palmer parker patel phillips powell price rahman richards "
    "richardson roberts robinson rogers russell shah sharma shaw simpson singh smith stevens stewart taylor thomas "
    "thompson turner walker ward watson webb white wilkinson williams wilson wood wright young"
)
"""Family names that are common, for speech that was written down without capitals."""
