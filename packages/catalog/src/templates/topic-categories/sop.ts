export const sop = {
  en: `# Topic of a sentence

## 1. Purpose
1.1 The labels train and test a search engine for Hindi and English news. A reader who filters by a topic must find sentences that are *about* it, not sentences that mention it.

## 2. Is the sentence usable?
2.1 **Usable**: a person who reads only this sentence understands what it says. Small slips of spelling and a missing full stop do not matter.
2.2 **Cut off**: beginning or end is missing, so that a part of the statement is lost. *"इस मेले में हर साल कलाकार आते हैं और"* is cut off.
2.3 **Not a sentence**: menus, links, lists of words, code, a headline without a verb that cannot be understood alone.
2.4 If it is not usable, write in a few words what is wrong. Choose a topic all the same if one can be seen.

## 3. Topic
3.1 Ask: *if this were a headline, in which section of the newspaper would it stand?* Choose the **most specific** topic that covers the whole sentence.
3.2 If two specific topics fit equally, choose the one above both. A minister announcing free eye tests: the news is the health service, so *Health services*, not *Cabinet*.
3.3 Who speaks is not the topic. A coach who speaks of an injury: the topic is the sport if it is named, else *Sports*.
3.4 A place is the topic only if the sentence describes the place itself.
3.5 Use *None of these* only after searching in both languages. Type a word in Hindi, English or Hinglish: *baadh*, *बाढ़* and *flood* find the same topic.

## 4. Examples
| Sentence | Usable | Topic | Clause |
|---|---|---|---|
| Heavy rain put four villages under water. | usable | Floods | 3.1 |
| Petrol phir do rupaye mehnga ho gaya. | usable | Prices and inflation | 3.1 |
| मंत्री ने हर पंचायत में मुफ़्त जाँच की घोषणा की। | usable | Health services | 3.2 |
| Click here to subscribe | not a sentence | None of these | 2.3 |

## 5. Doubt
5.1 Longer than a minute on one sentence: skip it with a reason. Do not guess.
`,
  hi: `# वाक्य का विषय

## 1. उद्देश्य
1.1 ये लेबल हिन्दी और अंग्रेज़ी ख़बरों के सर्च इंजन को सिखाने और परखने के काम आते हैं। जो पाठक किसी विषय से छाँटे, उसे वे वाक्य मिलने चाहिए जो उस विषय *पर* हों, न कि वे जिनमें उसका बस नाम आया हो।

## 2. क्या वाक्य काम का है?
2.1 **काम का है**: केवल यही वाक्य पढ़ने वाला समझ जाता है कि क्या कहा गया है। वर्तनी की छोटी भूल या पूर्ण विराम न होने से फ़र्क़ नहीं पड़ता।
2.2 **अधूरा है**: शुरुआत या अंत छूट गया है और बात का कोई हिस्सा खो गया है। *"इस मेले में हर साल कलाकार आते हैं और"* अधूरा है।
2.3 **वाक्य नहीं है**: मेन्यू, लिंक, शब्दों की सूची, कोड, या बिना क्रिया का ऐसा शीर्षक जो अकेले समझ न आए।
2.4 काम का न हो तो थोड़े शब्दों में लिखें कि क्या गड़बड़ है। विषय फिर भी दिखता हो तो ज़रूर चुनें।

## 3. विषय
3.1 ख़ुद से पूछें: *यह अख़बार में छपता तो किस पन्ने पर होता?* वह **सबसे बारीक** विषय चुनें जो पूरे वाक्य को समेट ले।
3.2 दो बारीक विषय बराबर बैठते हों तो दोनों के ऊपर वाला चुनें। मंत्री मुफ़्त जाँच की घोषणा करे तो ख़बर स्वास्थ्य सेवा की है, इसलिए *स्वास्थ्य सेवाएँ*, *मंत्रिमंडल* नहीं।
3.3 बोलने वाला विषय नहीं होता। कोच चोट की बात करे तो विषय वह खेल है, अगर उसका नाम आया हो; नहीं तो *खेल*।
3.4 जगह तभी विषय है जब वाक्य उसी जगह का वर्णन करे।
3.5 *इनमें से कोई नहीं* तभी चुनें जब दोनों भाषाओं में खोज चुके हों। हिन्दी, अंग्रेज़ी या हिंग्लिश में टाइप करें: *baadh*, *बाढ़* और *flood* से एक ही विषय मिलता है।

## 4. उदाहरण
| वाक्य | काम का? | विषय | धारा |
|---|---|---|---|
| तेज़ बारिश से चार गाँव पानी में डूब गए। | काम का | बाढ़ | 3.1 |
| Petrol phir do rupaye mehnga ho gaya. | काम का | क़ीमतें और महँगाई | 3.1 |
| मंत्री ने हर पंचायत में मुफ़्त जाँच की घोषणा की। | काम का | स्वास्थ्य सेवाएँ | 3.2 |
| Click here to subscribe | वाक्य नहीं | इनमें से कोई नहीं | 2.3 |

## 5. दुविधा
5.1 एक वाक्य पर एक मिनट से ज़्यादा लगे तो कारण लिखकर छोड़ दें। अंदाज़ा न लगाएँ।
`,
}
