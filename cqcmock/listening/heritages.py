"""Words for heritage, nationality, language and faith, as people in England are named in 2026. Data, not rules."""

from __future__ import annotations

from cqcmock.listening.stems import word_set

HERITAGES = word_set(
    "african asian bangladeshi bengali caribbean chinese filipino gujarati hindi indian iranian iraqi irish italian "
    "jamaican japanese kashmiri korean kurdish kurmanji sorani malay mirpuri nepalese nepali nigerian pakistani "
    "polish portuguese punjabi roma romany romani romanian russian ghanaian zimbabwean kenyan ugandan congolese "
    "sudanese rwandan lithuanian latvian estonian bulgarian hungarian slovak czech albanian kosovan bosnian greek "
    "cypriot turkish somali eritrean ethiopian syrian afghan ukrainian vietnamese tamil sri sylheti urdu farsi pashto "
    "dari arabic arab cantonese mandarin keralan kerala latin brazilian welsh welshman welshwoman scottish scots "
    "geordie pahari shona yoruba igbo hausa twi swahili amharic tigrinya lingala tagalog malayalam telugu marathi "
    "sinhala nepalis somalians zulu ndebele chichewa luganda hebrew yiddish burmese rohingya karen hazara tajik "
    "uzbek kazakh armenian georgian serbian croatian ukranian yugoslav spanish spaniards french german dutch danish "
    "norwegian swedish finnish colombian chilean bolivian mexican peruvian venezuelan cuban haitian dominican "
    "guyanese grenadian bajan senegalese gambian angolan mozambican malawian zambian tanzanian burundian "
    "cameroonian ivorian liberian mauritian seychellois iranians iraqis kosovans albanians lithuanians latvians "
    "bulgarians nigerians ghanaians zimbabweans kenyans jamaicans filipinos filipina portuguese vietnamese "
    "malaysian indonesian singaporean taiwanese hakka creole patois yemenis eritreans ethiopians sudanese ukrainian "
    "yemeni libyan algerian moroccan egyptian "
    "palestinian israeli european windrush poles bangladeshis romanians ukrainians somalis gurkha gurkhas afghans "
    "syrians bengalis punjabis gujaratis kurds mongolian thai tibetan goan maltese barbadian trinidadian dalit "
    "irishman irishwoman scotsman belarusian moldovan slovenian macedonian lebanese jordanian kuwaiti tunisian "
    "cambodian laotian bhutanese uyghur oromo krio pidgin turk turks scandinavian austrian"
)
FAITHS = word_set(
    "muslim muslims hindu hindus sikh sikhs jewish jews buddhist buddhists christian christians jain jains catholic "
    "catholics pentecostal quaker orthodox haredi mosque mosques gurdwara gurdwaras synagogue synagogues temple "
    "temples mandir imam imams halal kosher ramadan eid diwali charedi chasidic hasidic sunni shia ismaili ahmadi "
    "ahmadiyya zoroastrian parsi rastafarian rasta baptist methodist presbyterian anglican evangelical jehovah "
    "mormon salvationist nun priest chaplain sabbath shabbat shul vicar langar madrasa mass diwali faiths religion "
    "religious religions islam "
    "islamic islamophobia church churches"
)
