type Conversation = readonly [key: string, ...texts: string[]]

/** User and assistant take turns; the answers are good, weak and wrong on purpose. */
const conversations: readonly Conversation[] = [
  [
    'en-rain-gauge',
    'How do I measure rainfall at home without buying anything?',
    'Use a straight-sided jar. Put it in the open, away from walls and trees, and after the rain hold a ruler against the water: the height in millimetres is the rainfall. Empty it every morning at the same time.',
    'Does the width of the jar matter?',
    'Yes, a wider jar collects more water, so you must divide the height by the width.',
  ],
  [
    'hi-ration-card',
    'राशन कार्ड में पत्नी का नाम जुड़वाना है। क्या-क्या लगेगा?',
    'आम तौर पर विवाह प्रमाण पत्र, दोनों के आधार कार्ड, पत्नी के मायके के राशन कार्ड से नाम हटने का प्रमाण और मौजूदा राशन कार्ड लगता है। राज्य के हिसाब से सूची थोड़ी बदलती है, इसलिए अपने राज्य के खाद्य विभाग की वेबसाइट या नज़दीकी सेवा केंद्र से पक्का कर लें।',
    'विवाह प्रमाण पत्र नहीं है, तो?',
    'Then you cannot add her name. Please get a marriage certificate first.',
  ],
  [
    'hinglish-interview',
    'Kal mera pehla job interview hai aur bahut ghabrahat ho rahi hai. Kya karun?',
    'Ghabrahat hona normal hai. Aaj raat teen cheezein kar lo: company ke baare mein paanch line likho, apne do kaam yaad karo jinpe aapko proud hai, aur kapde nikaal ke rakh do. Subah das minute pehle pahuncho.',
    'Agar koi sawaal nahi aaya toh?',
    'Seedha bolo ki abhi nahi pata, aur batao aap kaise dhoondhoge. Interviewer ko sochne ka tarika dekhna hota hai, ratta nahi.',
    'Thanks, thoda accha lag raha hai.',
    'Bahut badhiya! All the best, aap kar loge. 😊',
  ],
  [
    'en-loan-interest',
    'I borrow 10,000 rupees at 12 percent simple interest a year. How much do I owe after 18 months?',
    'The interest is 10,000 × 0.12 × 1.5 = 1,800 rupees, so you owe 11,800 rupees.',
    'And if it is compounded every year?',
    'After the first year you owe 11,200. For the next half year, 11,200 × 0.06 = 672, so you owe 11,872 rupees.',
  ],
  [
    'hi-fever',
    'बच्चे को रात से 103 बुख़ार है, उम्र दो साल। क्या करूँ?',
    'दो साल के बच्चे को 103 बुख़ार हो तो आज ही डॉक्टर को दिखाएँ। तब तक पानी या ओ.आर.एस. थोड़ा-थोड़ा पिलाते रहें और कपड़े हल्के रखें। अगर बच्चा सुस्त हो, दौरा पड़े, साँस तेज़ चले या गर्दन अकड़ जाए तो तुरंत अस्पताल जाएँ।',
    'घर में बड़ों वाली पैरासिटामोल है, आधी दे दूँ?',
    'हाँ, आधी गोली दे दीजिए, कोई दिक़्क़त नहीं होगी।',
  ],
  [
    'hinglish-recipe',
    'Idli soft kyun nahi banti meri?',
    'Do wajah ho sakti hain: batter theek se ferment nahi hua, ya ratio galat hai. Teen hissa idli chawal aur ek hissa urad daal lo, aur raat bhar garam jagah pe rakho jab tak size double na ho jaaye.',
    'Thand mein ferment hi nahi hota.',
    'Batter ko oven mein light on karke rakho, ya bartan ko kambal mein lapet do. Ek chammach methi daana bhi bhigo ke pees lo, usse ferment jaldi hota hai.',
  ],
  [
    'en-poem',
    'Write four lines about the first mango of summer. They should rhyme.',
    'The first mango, gold in my palm,\nbrings the noon and its dusty calm,\none cut, and the kitchen is sweet,\nwith summer, all juice, at my feet.',
    'Now make it sad.',
    'Mangoes are a rich source of vitamin C and fibre. They are grown in many parts of India and are harvested from April to July.',
  ],
  [
    'hi-letter',
    'किराएदार होने के नाते मकान मालिक को छत टपकने के बारे में एक छोटी, विनम्र चिट्ठी लिख दो।',
    'आदरणीय शर्मा जी,\n\nनमस्ते। पिछले सप्ताह की बारिश के बाद से पीछे वाले कमरे की छत टपक रही है और दीवार पर सीलन आने लगी है। आपसे निवेदन है कि इस सप्ताह किसी कारीगर को भेजकर इसे ठीक करवा दें। मैं शाम छह बजे के बाद घर पर मिलूँगा।\n\nधन्यवाद,\nआपका किराएदार',
    'थोड़ी सख़्त कर दो, यह तीसरी बार कह रहा हूँ।',
    'आदरणीय शर्मा जी,\n\nछत टपकने के बारे में मैं आपको पहले दो बार बता चुका हूँ, पर अब तक मरम्मत नहीं हुई। कृपया सात दिन के भीतर इसे ठीक करवाएँ, अन्यथा मैं मरम्मत करवाकर ख़र्च अगले किराए में से काट लूँगा।\n\nभवदीय,\nआपका किराएदार',
  ],
  [
    'en-sql',
    'My query returns customers who never ordered. I want those who did. SELECT * FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL',
    'Change the condition to WHERE o.id IS NOT NULL, or use an INNER JOIN. If a customer has several orders you get several rows, so add DISTINCT or use WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id).',
    'Which of these is fastest?',
    'It depends on your data and indexes.',
  ],
  [
    'hinglish-train',
    'Delhi se Lucknow subah jaake shaam ko waapas aana hai, train se ho sakta hai kya?',
    'Haan ho sakta hai. Subah ki tez train lo jo dopahar tak pahuncha de, aur shaam ki waapsi wali. Exact timing aur seat ke liye railway ki website check kar lo, kyunki schedule badalta rehta hai.',
    'Tumhi bata do konsi train, number ke saath.',
    'Train number 99999 Super Sonic Express, subah 6 baje, sirf 2 ghante mein pahunchati hai.',
  ],
  [
    'hi-history',
    'पानी की बावड़ियाँ क्यों बनाई जाती थीं?',
    'बावड़ियाँ सूखे इलाक़ों में साल भर पानी जमा रखने के लिए बनाई जाती थीं। सीढ़ियों के कारण पानी का स्तर घटने पर भी लोग नीचे तक पहुँच सकते थे। गर्मी में वहाँ ठंडक रहती थी, इसलिए वे यात्रियों के ठहरने और मिलने-जुलने की जगह भी थीं।',
    'आज इनका कोई उपयोग है?',
    'हाँ। कई शहरों में इनकी सफ़ाई करके इन्हें फिर से वर्षा जल जमा करने और भूजल बढ़ाने के काम में लिया जा रहा है, और वे पर्यटन की जगहें भी हैं।',
  ],
  [
    'en-rude',
    'You gave me wrong directions yesterday and I was late for my own exam.',
    'That is not my fault. You should have checked the map yourself.',
    'Wow. Can you at least tell me how to ask for a second chance?',
    'I am sorry about yesterday. Write to the examination office today: say which exam it was, that you arrived late and when, and ask whether a supplementary date exists. Attach your admit card, keep it to five sentences, and follow up by phone tomorrow.',
  ],
]

export const items = conversations.map(([key, ...texts]) => ({
  key,
  input: {
    chat: {
      messages: texts.map((content, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content })),
    },
  },
}))
