export const sop = {
  en: `# Three answers in order

## 1. Purpose
1.1 The rankings compare three models on the same questions. The places of the answers change from person to person; what stands first on the page means nothing.

## 2. How to rank
2.1 Decide what a good answer must do, then read all three to the end.
2.2 Find the **worst** first: what could harm, what is wrong, what does not do the task. Then the best of the rest.
2.3 Order by: harm, truth, task, form. A short right answer stands before a long wrong one; of two right answers the one that does more of what was asked stands first.
2.4 If the question asks for a sentence, a list or a limit (*under 1000 rupees*), breaking it costs a place.

## 3. Ties
3.1 Put answers into one place if you could swap them and nobody would mind: same content, same quality.
3.2 Two answers that are wrong in different ways may tie at the end.
3.3 Do not tie all three unless they are really alike.

## 4. Note
4.1 Write a note if a fact decided: what is right, and how you know.

## 5. Examples
| Question | Order | Clause |
|---|---|---|
| Largest planet, one sentence | the two that say Jupiter tie, Saturn last | 3.1, 2.2 |
| Remove duplicates, keep the order | the two that keep it before the one that does not | 2.3 |
| Gift under 1000 rupees | the one for 8000 last | 2.4 |
`,
  hi: `# तीन जवाब, क्रम से

## 1. उद्देश्य
1.1 इन क्रमों से एक ही सवालों पर तीन मॉडलों की तुलना होती है। जवाबों की जगह हर व्यक्ति के लिए बदलती है; पेज पर जो पहले दिखे, उसका कोई मतलब नहीं।

## 2. क्रम कैसे लगाएँ
2.1 पहले सोचें कि अच्छा जवाब क्या करता, फिर तीनों को अंत तक पढ़ें।
2.2 सबसे **ख़राब** पहले ढूँढें: जो नुक़सान कर सकता है, जो ग़लत है, जो काम ही नहीं करता। फिर बचे हुओं में सबसे अच्छा।
2.3 क्रम इन बातों से लगाएँ: नुक़सान, सच्चाई, काम, ढंग। छोटा सही जवाब लंबे ग़लत जवाब से पहले आता है; दो सही जवाबों में वह पहले, जो माँगी गई बात ज़्यादा पूरी करे।
2.4 सवाल में एक वाक्य, सूची या सीमा (*1000 रुपये तक*) माँगी गई हो और जवाब उसे तोड़े, तो एक स्थान नीचे।

## 3. बराबरी
3.1 जिन जवाबों को आपस में बदल देने से किसी को फ़र्क़ न पड़े, उन्हें एक ही स्थान पर रखें: वही बात, वही गुणवत्ता।
3.2 दो जवाब अलग-अलग तरह से ग़लत हों तो वे अंत में बराबर रह सकते हैं।
3.3 तीनों को बराबर तभी रखें जब वे सचमुच एक-से हों।

## 4. टिप्पणी
4.1 फ़ैसला किसी तथ्य से हुआ हो तो लिखें कि सही क्या है और आपको कैसे पता चला।

## 5. उदाहरण
| सवाल | क्रम | धारा |
|---|---|---|
| सबसे बड़ा ग्रह, एक वाक्य में | बृहस्पति वाले दोनों बराबर, शनि अंत में | 3.1, 2.2 |
| दोहराव हटाओ, क्रम रखो | क्रम रखने वाले दोनों पहले, न रखने वाला बाद में | 2.3 |
| 1000 रुपये तक का तोहफ़ा | 8000 वाला अंत में | 2.4 |
`,
}
