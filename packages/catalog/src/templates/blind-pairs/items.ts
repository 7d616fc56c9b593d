type Pair = {
  readonly key: string
  readonly prompt: string
  readonly neem: string
  readonly pipal: string
}

/** Answers of two models that do not exist; which is better, and how clearly, differs on purpose. */
const pairs: readonly Pair[] = [
  {
    key: 'en-umbrella',
    prompt: 'Write a one-line excuse for forgetting my friend’s umbrella on the bus.',
    neem: 'I am so sorry: I held on to your umbrella through two downpours and then left it on the only dry bus of the week.',
    pipal:
      'I apologise for the inconvenience caused by the misplacement of the aforementioned umbrella.',
  },
  {
    key: 'hi-percent',
    prompt: 'एक कमीज़ 800 रुपये की थी, अब 600 में मिल रही है। कितने प्रतिशत की छूट है?',
    neem: 'छूट 200 रुपये की है। 200 ÷ 800 = 0.25, यानी 25 प्रतिशत।',
    pipal: 'छूट 200 रुपये की है। 200 ÷ 600 = 0.333, यानी लगभग 33 प्रतिशत।',
  },
  {
    key: 'hinglish-gym',
    prompt: 'Gym join karna hai par time nahi milta, kya karun?',
    neem: 'You should try to make time for exercise, as exercise is important for health. Consider waking up early.',
    pipal:
      'Gym zaroori nahi hai. Hafte mein teen din ghar pe 20 minute: squats, push-ups, plank, aur phone pe baat karte hue chalo. Do hafte nibha lo, phir gym ka socho.',
  },
  {
    key: 'en-regex',
    prompt:
      'Give me a regular expression that matches a six-digit Indian PIN code. The first digit is never zero.',
    neem: '^[1-9][0-9]{5}$',
    pipal:
      '^[1-9][0-9]{5}$ matches one digit from 1 to 9, then exactly five more digits, and nothing before or after.',
  },
  {
    key: 'hi-dost',
    prompt: 'दोस्त की दादी नहीं रहीं। उसे क्या संदेश भेजूँ?',
    neem: 'दादी के बारे में सुनकर बहुत दुख हुआ। उनकी कहानियाँ तुमसे इतनी बार सुनी हैं कि लगता है मैं भी उन्हें जानता था। किसी भी समय बात करनी हो तो मैं हूँ।',
    pipal: 'आपकी दादी जी के निधन पर हम गहरी संवेदना व्यक्त करते हैं। ईश्वर दिवंगत आत्मा को शांति प्रदान करें।',
  },
  {
    key: 'en-boil-egg',
    prompt: 'How long do I boil an egg at 2,000 metres for a firm yolk?',
    neem: 'About 10 minutes. Water boils at a higher temperature in the mountains, so it is faster than at sea level.',
    pipal: 'At sea level, 10 minutes.',
  },
  {
    key: 'hinglish-phone',
    prompt: 'Phone paani mein gir gaya, chawal mein daalun?',
    neem: 'Chawal se khaas fayda nahi hota. Phone band karo, cover aur SIM nikaalo, kapde se sukhao aur hawa mein ek-do din rakho. Charge bilkul mat karna jab tak poora sookh na jaaye.',
    pipal:
      'Phone ko turant band karo, SIM nikaalo, hawa mein sukhao aur kam se kam 24 ghante charge mat karo. Chawal ki dhool port mein jaa sakti hai, isliye usse bacho.',
  },
  {
    key: 'hi-kavita',
    prompt: 'ट्रैफ़िक जाम पर दो पंक्तियों का मज़ेदार शेर लिखो।',
    neem: 'ट्रैफ़िक जाम एक गंभीर समस्या है। हमें सार्वजनिक परिवहन का उपयोग करना चाहिए।',
    pipal: 'निकले थे हम दफ़्तर को, उम्र सड़क पर गुज़र गई,\nहरी हुई जब बत्ती तो, आगे वाली कार ठहर गई।',
  },
  {
    key: 'en-summary',
    prompt:
      'Summarise in one sentence: "The library will close at 5 pm in June because the reading room is being painted. Books can be returned at any time in the box at the gate. From July the usual hours, until 8 pm, apply."',
    neem: 'In June the library closes at 5 pm while its reading room is painted, with returns possible any time at the gate, and from July it is open until 8 pm again.',
    pipal:
      'The library will close in June because of painting and will open again in July at 8 pm.',
  },
  {
    key: 'hi-samvidhan',
    prompt: 'भारत का संविधान कब लागू हुआ?',
    neem: 'भारत का संविधान 26 जनवरी 1950 को लागू हुआ।',
    pipal: 'भारत का संविधान 26 जनवरी 1950 को लागू हुआ था।',
  },
  {
    key: 'en-medicine',
    prompt: 'My grandfather takes a blood thinner. Can he take aspirin for his headache?',
    neem: 'Sure, aspirin is safe and sold without a prescription.',
    pipal: 'Yes, one or two tablets are fine for most people with a headache.',
  },
  {
    key: 'hinglish-boss',
    prompt:
      'Boss ko WhatsApp pe bolna hai ki aaj ghar se kaam karunga, bachcha bimaar hai. Short aur polite.',
    neem: 'Good morning sir, bachche ko raat se bukhaar hai, isliye aaj ghar se kaam karunga. Saari meetings join karunga aur phone pe available rahunga.',
    pipal: 'Sir aaj nahi aa paunga.',
  },
]

export const items = pairs.map(({ key, prompt, neem, pipal }) => ({
  key,
  input: {
    chat: {
      prompt,
      candidates: [
        { model: 'model-neem', text: neem },
        { model: 'model-pipal', text: pipal },
      ],
    },
  },
}))
