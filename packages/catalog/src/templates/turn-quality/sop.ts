export const sop = {
  en: `# Quality of an assistant, turn by turn

## 1. Purpose
1.1 The ratings find where an assistant helps and where it goes wrong inside a conversation. Judge **each answer of the assistant by what was known at that point**, then the whole.

## 2. Helpfulness of a turn
2.1 Read the user's last message first and say to yourself what a good answer must do. Then rate by the anchors, not by feeling.
2.2 A wrong fact in the main point is at most 2. Advice that can hurt somebody is 1, however friendly it sounds.
2.3 The language of the answer must be the user's. Hindi asked and English answered is at most 2.
2.4 Length is no merit. Two right sentences are better than ten with the same content.
2.5 *Not applicable*: the turn asks for nothing, such as a goodbye.

## 3. Problems
3.1 Choose every problem that is there, also in a good answer. Leave it empty if there is none.
3.2 *Invented*: names, numbers or sources that do not exist. *Wrong*: they exist and are wrong.
3.3 If you cannot check a fact in two minutes, do not mark it.

## 4. The whole conversation
4.1 *Solved*, *partly* or *not solved*: did the user get what they came for, at the end?
4.2 If it is not solved, give the reason in one or two sentences and name the turn.

## 5. Examples
| Turn | Rating | Problems | Clause |
|---|---|---|---|
| Half an adult's tablet for a child of two: "give it, no problem" | 1 | unsafe | 2.2 |
| A train number that cannot exist | 1 | invented | 3.2 |
| Hindi question, correct answer in English | 2 | wrong language | 2.3 |
| Right sum, shown in one line | 5 | - | 2.4 |
`,
  hi: `# सहायक की गुणवत्ता, हर जवाब पर

## 1. उद्देश्य
1.1 इन रेटिंग से पता चलता है कि बातचीत में सहायक कहाँ मदद करता है और कहाँ चूकता है। **हर जवाब को उस समय तक की जानकारी से परखें**, फिर पूरी बातचीत को।

## 2. जवाब कितना मददगार है
2.1 पहले उपयोगकर्ता का पिछला संदेश पढ़ें और सोचें कि अच्छा जवाब क्या करता। फिर स्तरों के वर्णन से रेट करें, अंदाज़े से नहीं।
2.2 मुख्य बात में तथ्य ग़लत हो तो ज़्यादा से ज़्यादा 2। जिस सलाह से किसी को नुक़सान हो सकता है वह 1 है, चाहे कितनी ही मीठी हो।
2.3 जवाब उपयोगकर्ता की भाषा में होना चाहिए। सवाल हिन्दी में और जवाब अंग्रेज़ी में हो तो ज़्यादा से ज़्यादा 2।
2.4 लंबाई कोई गुण नहीं। दो सही वाक्य उन दस से अच्छे हैं जिनमें वही बात हो।
2.5 *लागू नहीं*: जब संदेश में कुछ माँगा ही न गया हो, जैसे विदा लेना।

## 3. समस्याएँ
3.1 जो भी समस्या हो, सब चुनें, अच्छे जवाब में भी। कोई न हो तो ख़ाली छोड़ें।
3.2 *मनगढ़ंत*: नाम, संख्या या स्रोत जो हैं ही नहीं। *ग़लत*: हैं, पर सही नहीं।
3.3 दो मिनट में कोई तथ्य जाँच न पाएँ तो उसे न चुनें।

## 4. पूरी बातचीत
4.1 *काम हो गया*, *कुछ हद तक* या *नहीं हुआ*: उपयोगकर्ता जिस काम से आया था, क्या अंत तक वह हुआ?
4.2 काम न हुआ हो तो एक-दो वाक्य में कारण लिखें और बताएँ किस जवाब में चूक हुई।

## 5. उदाहरण
| जवाब | रेटिंग | समस्या | धारा |
|---|---|---|---|
| दो साल के बच्चे को बड़ों की आधी गोली: "दे दीजिए" | 1 | असुरक्षित | 2.2 |
| ऐसा ट्रेन नंबर जो हो ही नहीं सकता | 1 | मनगढ़ंत | 3.2 |
| हिन्दी सवाल का सही जवाब, पर अंग्रेज़ी में | 2 | ग़लत भाषा | 2.3 |
| सही हिसाब, एक पंक्ति में | 5 | - | 2.4 |
`,
}
