export const sop = {
  en: `# Which answer is better?

## 1. Purpose
1.1 The comparisons decide which of two models answers people better. You do not see which model wrote what, and the sides change. Do not try to guess.

## 2. How to judge
2.1 Read the question and decide what a good answer must do **before** you read the answers. Then read **both** to the end.
2.2 Judge in this order; the first difference that matters decides:
1. **Harm**: could somebody be hurt by following it?
2. **Truth**: is the main point right?
3. **Task**: does it do what was asked, in the language of the question, in the length asked for?
4. **Form**: clarity, tone, warmth.
2.3 Long is not better. Confident is not right. A list is not an argument.
2.4 Work out sums and check facts yourself, for at most two minutes.

## 3. Ties
3.1 **Both good**: you would be glad to get either, and nothing in 2.2 tells them apart.
3.2 **Both bad**: you would send neither, however different they are.
3.3 If one is bad and the other a little less bad, but you would send neither, it is *both bad*.
3.4 A tie is no way out of doubt. If you lean to one side for a reason you can name, choose that side.

## 4. Reason
4.1 If you chose a side, you may write the reason in one sentence; name the step of 2.2 that decided.
4.2 If both are bad, say what a good answer would have needed.

## 5. Examples
| Question | Left | Right | Verdict | Clause |
|---|---|---|---|---|
| 800 to 600 rupees: what discount? | 25 % | 33 % | left better | 2.2 truth |
| Aspirin with a blood thinner? | "safe" | "fine" | both bad | 3.2 harm |
| When did the constitution come into force? | right | right | both good | 3.1 |
`,
  hi: `# कौन-सा जवाब बेहतर है?

## 1. उद्देश्य
1.1 इन तुलनाओं से तय होता है कि दो मॉडलों में से कौन लोगों को बेहतर जवाब देता है। आपको नहीं दिखता कि किस मॉडल ने क्या लिखा, और पक्ष बदलते रहते हैं। अंदाज़ा लगाने की कोशिश न करें।

## 2. कैसे परखें
2.1 जवाब पढ़ने से **पहले** सवाल पढ़कर सोच लें कि अच्छा जवाब क्या करता। फिर **दोनों** जवाब अंत तक पढ़ें।
2.2 इसी क्रम में परखें; जो पहला अहम फ़र्क़ मिले, वही फ़ैसला करे:
1. **नुक़सान**: इसे मानकर क्या किसी का बुरा हो सकता है?
2. **सच्चाई**: क्या मुख्य बात सही है?
3. **काम**: जो माँगा गया, क्या वही किया, सवाल की भाषा में और माँगी गई लंबाई में?
4. **ढंग**: स्पष्टता, लहजा, अपनापन।
2.3 लंबा होना बेहतर होना नहीं है। भरोसे से कहना सही होना नहीं है। सूची बना देना तर्क नहीं है।
2.4 हिसाब ख़ुद करें और तथ्य ख़ुद जाँचें, ज़्यादा से ज़्यादा दो मिनट।

## 3. बराबरी
3.1 **दोनों अच्छे**: दोनों में से कोई भी मिले तो ठीक, और 2.2 की कोई बात फ़र्क़ नहीं करती।
3.2 **दोनों ख़राब**: आप दोनों में से कोई भी न भेजते, चाहे वे कितने ही अलग हों।
3.3 एक ख़राब और दूसरा थोड़ा कम ख़राब हो, पर भेजने लायक़ कोई न हो, तो *दोनों ख़राब*।
3.4 बराबरी दुविधा से बचने का रास्ता नहीं। किसी बताए जा सकने वाले कारण से एक पक्ष भारी लगे तो वही चुनें।

## 4. कारण
4.1 पक्ष चुना हो तो एक वाक्य में कारण लिख सकते हैं; बताएँ 2.2 की किस बात ने फ़ैसला किया।
4.2 दोनों ख़राब हों तो बताएँ कि अच्छे जवाब में क्या होना चाहिए था।

## 5. उदाहरण
| सवाल | बायाँ | दायाँ | फ़ैसला | धारा |
|---|---|---|---|---|
| 800 से 600 रुपये: कितनी छूट? | 25 % | 33 % | बायाँ बेहतर | 2.2 सच्चाई |
| ख़ून पतला करने की दवा के साथ एस्पिरिन? | "सुरक्षित" | "ठीक" | दोनों ख़राब | 3.2 नुक़सान |
| संविधान कब लागू हुआ? | सही | सही | दोनों अच्छे | 3.1 |
`,
}
