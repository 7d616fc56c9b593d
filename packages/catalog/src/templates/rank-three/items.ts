type Prompt = readonly [key: string, prompt: string, neem: string, pipal: string, banyan: string]

/** Answers of three models that do not exist; some are equal, some plainly wrong. */
const prompts: readonly Prompt[] = [
  [
    'en-name-cafe',
    'Suggest three names for a small café inside a bookshop.',
    'Dog-Eared, The Second Chapter, Marginalia.',
    'Book Cafe, Coffee Books, Cafe Book Shop.',
    'A name for a café should be memorable. You should think about your audience and your brand before you choose.',
  ],
  [
    'hi-planet',
    'सौर मंडल का सबसे बड़ा ग्रह कौन-सा है? एक वाक्य में।',
    'सौर मंडल का सबसे बड़ा ग्रह बृहस्पति है।',
    'बृहस्पति सौर मंडल का सबसे बड़ा ग्रह है।',
    'सौर मंडल का सबसे बड़ा ग्रह शनि है, जो अपने छल्लों के लिए जाना जाता है।',
  ],
  [
    'hinglish-gift',
    'Papa ke liye 1000 rupaye tak birthday gift idea do, unhe gardening pasand hai.',
    'Pruning scissors aur kneeling pad ka set, ya unke pasand ke paudhe ke saath ek mitti ka gamla jispe aap khud paint karo.',
    'Ek automatic drip irrigation system, jo takreeban 8000 rupaye ka aata hai.',
    'Gardening gloves, beej ke packets aur ek chhoti khurpi; teeno milake 1000 ke andar aa jaayega.',
  ],
  [
    'en-plural',
    'What is the plural of "crisis", and use it in a sentence.',
    'Crises. "The team had handled two crises before lunch."',
    'Crisises. "There were many crisises that year."',
    'The plural is crises.',
  ],
  [
    'hi-safar',
    'पहली बार हवाई जहाज़ से जा रही हूँ। पाँच काम की बातें बताओ।',
    '1. उड़ान से दो घंटे पहले पहुँचें। 2. पहचान पत्र और टिकट हाथ में रखें। 3. पानी की बोतल जाँच से पहले ख़ाली कर लें, बाद में भर लें। 4. पावर बैंक हाथ वाले सामान में रखें, बड़े बैग में नहीं। 5. कान बंद हों तो चबाने या निगलने से आराम मिलता है।',
    '1. समय पर पहुँचें। 2. टिकट रखें। 3. सामान रखें। 4. घबराएँ नहीं। 5. यात्रा का आनंद लें।',
    '1. उड़ान से दस मिनट पहले पहुँचना काफ़ी है। 2. पावर बैंक बड़े बैग में डाल दें। 3. खिड़की खोलकर ताज़ी हवा लें। 4. टिकट घर पर छोड़ दें। 5. सो जाएँ।',
  ],
  [
    'en-python-dup',
    'In Python, remove duplicates from a list and keep the order.',
    'list(dict.fromkeys(items))',
    'list(set(items))',
    'seen = set()\nresult = []\nfor x in items:\n    if x not in seen:\n        seen.add(x)\n        result.append(x)',
  ],
  [
    'hinglish-sleep',
    'Raat ko neend nahi aati, phone chalata rehta hoon. Kuch simple batao.',
    'Phone ko bed se door charge pe lagao, sone se 30 minute pehle. Alarm ke liye purani ghadi use karo. Pehle teen din mushkil lagega, phir aadat ban jaayegi.',
    'Sone se pehle phone door rakho, chai-coffee shaam ke baad mat lo, aur roz ek hi time pe so jao.',
    'Insomnia is a sleep disorder characterised by difficulty falling asleep. Please consult a medical professional.',
  ],
  [
    'hi-muhavara',
    '"आँखों का तारा" मुहावरे का अर्थ बताओ और वाक्य बनाओ।',
    'अर्थ: बहुत प्यारा। वाक्य: छोटी बेटी पूरे घर की आँखों का तारा है।',
    'अर्थ: आकाश का तारा। वाक्य: रात को आँखों का तारा चमकता है।',
    'इसका अर्थ है बहुत प्रिय होना, जैसे: इकलौता पोता दादा की आँखों का तारा है।',
  ],
  [
    'en-decline',
    'Decline a wedding invitation from a colleague I barely know, in two sentences.',
    'Thank you so much for inviting me, and congratulations to you both. I cannot make it that weekend, but I wish you a wonderful day.',
    'No thanks. I do not really know you.',
    'Congratulations on your wedding, and thank you for thinking of me! Sadly I will not be able to come, but I look forward to seeing the photographs.',
  ],
  [
    'en-tank',
    'A tank fills in 6 hours from one pipe and in 3 hours from another. How long with both?',
    'Both together fill 1/6 + 1/3 = 1/2 of the tank in an hour, so it takes 2 hours.',
    'The average of 6 and 3 is 4.5, so it takes 4.5 hours.',
    '2 hours.',
  ],
]

export const items = prompts.map(([key, prompt, neem, pipal, banyan]) => ({
  key,
  input: {
    chat: {
      prompt,
      candidates: [
        { model: 'model-neem', text: neem },
        { model: 'model-pipal', text: pipal },
        { model: 'model-banyan', text: banyan },
      ],
    },
  },
}))
