const texts: readonly (readonly [lang: 'en' | 'hi' | 'hi-Latn', text: string])[] = [
  [
    'en',
    'The town council voted nine to four to turn the old bus depot into a covered vegetable market.',
  ],
  [
    'hi',
    'गुरुवार रात हुई तेज़ बारिश से नदी किनारे के चार गाँवों में पानी भर गया और स्कूल को राहत शिविर बनाना पड़ा।',
  ],
  [
    'hi-Latn',
    'Kal ke match mein usne last over mein do chhakke maare aur team ne teen wicket se jeet liya.',
  ],
  [
    'en',
    'Farmers in the district say the new variety of millet needs a third less water than the one they used to sow.',
  ],
  ['hi', 'वैज्ञानिकों ने पश्चिमी घाट में मेंढक की एक ऐसी प्रजाति खोजी है जो केवल बरसात के दो हफ़्ते दिखाई देती है।'],
  [
    'hi-Latn',
    'Bank ki taraf se call aaya ki KYC update karo, OTP dete hi account se chalis hazaar nikal gaye.',
  ],
  [
    'en',
    'Her second album sets eighteenth-century ghazals to a string quartet and a single harmonium.',
  ],
  ['hi', 'मंत्री ने कहा कि अगले साल से हर पंचायत में मोतियाबिंद की जाँच मुफ़्त होगी।'],
  ['hi-Latn', 'Result ka server do ghante se down hai aur admission ki last date parso hai.'],
  [
    'en',
    'A court in the coastal city ordered the builder to return the deposits of sixty-two families with interest.',
  ],
  ['hi', 'क़िले की खुदाई में मिले ताँबे के सिक्के बारहवीं सदी के बताए जा रहे हैं।'],
  [
    'hi-Latn',
    'Petrol phir se do rupaye mehnga ho gaya, ab to office bhi metro se hi jaana padega.',
  ],
  [
    'en',
    'The satellite will photograph the same field every five days, in colours the eye cannot see.',
  ],
  ['hi', 'कोच ने बताया कि घुटने की चोट के कारण वह अगले दो मुक़ाबले नहीं खेल पाएँगी।'],
  [
    'hi-Latn',
    'Meri dadi aam ka achaar dhoop mein poore saat din rakhti thi, tab jaake wo taste aata tha.',
  ],
  ['en', 'Volunteers pulled eleven tonnes of plastic out of the lake in a single weekend.'],
  ['hi', 'संसद में मंगलवार को डेटा संरक्षण विधेयक पर देर रात तक बहस चली।'],
  [
    'hi-Latn',
    'Naye update ke baad phone itna garam ho raha hai ki haath mein pakadna mushkil hai.',
  ],
  [
    'en',
    'Bus drivers ended their six-day strike after the transport company agreed to pay for night shifts',
  ],
  ['hi', 'इस मेले में हर साल तीन राज्यों से कठपुतली कलाकार आते हैं और'],
  [
    'hi-Latn',
    'Doctor ne bola sugar control mein hai, bas meetha kam karo aur roz aadha ghanta walk karo.',
  ],
  ['en', 'Click here to subscribe | Share | Next story »'],
  ['hi', 'पुल की मरम्मत पूरी होने तक भारी वाहनों को बाईपास से भेजा जाएगा।'],
  [
    'hi-Latn',
    'Gaon ke sarpanch ne pehli baar saara hisaab diwar par likhwa diya, ek ek rupaye ka.',
  ],
]

/** Sentences as they come from news, an encyclopedia and social media; some are cut off or no sentence. */
export const items = texts.map(([lang, text], i) => ({
  key: `topic-${String(i + 1).padStart(2, '0')}-${lang}`,
  input: { text: { text } },
}))
