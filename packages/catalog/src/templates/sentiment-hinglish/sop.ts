export const sop = {
  en: `# Sentiment of Hinglish posts

## 1. Purpose
1.1 The labels teach a model what people who mix Hindi and English feel about what they write of. Judge what the **writer** feels, not what you feel about it.

## 2. Sentiment
2.1 **Positive**, **negative**: praise, joy, thanks; complaint, anger, disappointment.
2.2 **Neutral**: information, plans, questions without a complaint. *"Meeting 4 baje hai"* is neutral. *"Refund kab tak aayega? Pandrah din ho gaye"* complains: negative.
2.3 **Mixed**: praise and complaint stand side by side and neither outweighs the other. *"Camera mast hai but battery nahi chalti"* is mixed. One small regret in a happy review stays positive.
2.4 **Irony** counts by what is meant. *"Wah, kya baat hai, phir se light chali gayi"* is negative. Emoji help: 👏 after bad news is a sign of irony.

## 3. How mixed is the language?
3.1 Names, brands and words that everyone uses in both languages (*phone, train, pizza, app*) do not count as switching.
3.2 Choose the level whose description fits the whole post. If the post has fewer than three words, choose *not applicable*.

## 4. Corrected text
4.1 Write the post with its spelling put right, only if it has mistakes that make it hard to read. Keep the words, the mixture and the emoji; do not translate, do not make it polite.
4.2 Usual Roman spellings of Hindi (*nahi, nhi, nahin*) are no mistakes.

## 5. Examples
| Post | Sentiment | Mixing | Clause |
|---|---|---|---|
| Teacher ne itne easy tarike se samjhaya | positive | 3 | 2.1 |
| Train sirf teen ghante late thi, progress 😂 | negative | 2 | 2.4, 3.1 |
| Songs acche hain par story mein dum nahi | mixed | 2 | 2.3 |
`,
  hi: `# हिंग्लिश पोस्ट की भावना

## 1. उद्देश्य
1.1 ये लेबल मॉडल को सिखाते हैं कि हिन्दी और अंग्रेज़ी मिलाकर लिखने वाले लोग अपनी बात के बारे में क्या महसूस करते हैं। **लिखने वाले** की भावना परखें, अपनी नहीं।

## 2. भावना
2.1 **सकारात्मक**, **नकारात्मक**: तारीफ़, ख़ुशी, धन्यवाद; शिकायत, ग़ुस्सा, निराशा।
2.2 **तटस्थ**: सूचना, योजना, बिना शिकायत का सवाल। *"Meeting 4 baje hai"* तटस्थ है। *"Refund kab tak aayega? Pandrah din ho gaye"* में शिकायत है: नकारात्मक।
2.3 **मिली-जुली**: तारीफ़ और शिकायत साथ-साथ हों और कोई भारी न पड़े। *"Camera mast hai but battery nahi chalti"* मिली-जुली है। ख़ुश समीक्षा में एक छोटी-सी कमी हो तो वह सकारात्मक ही रहती है।
2.4 **व्यंग्य** में वह गिनें जो कहना चाहा गया है। *"Wah, kya baat hai, phir se light chali gayi"* नकारात्मक है। इमोजी मदद करते हैं: बुरी ख़बर के बाद 👏 व्यंग्य का इशारा है।

## 3. भाषा कितनी मिली हुई है?
3.1 नाम, ब्रांड और वे शब्द जो दोनों भाषाओं में सब बोलते हैं (*phone, train, pizza, app*) भाषा बदलना नहीं माने जाते।
3.2 वह स्तर चुनें जिसका वर्णन पूरी पोस्ट पर बैठे। पोस्ट में तीन से कम शब्द हों तो *लागू नहीं* चुनें।

## 4. सुधारा हुआ टेक्स्ट
4.1 वर्तनी सुधारकर पोस्ट तभी लिखें जब ग़लतियों के कारण पढ़ना मुश्किल हो। शब्द, मिलावट और इमोजी वैसे ही रखें; न अनुवाद करें, न भाषा को शालीन बनाएँ।
4.2 हिन्दी की आम रोमन वर्तनियाँ (*nahi, nhi, nahin*) ग़लती नहीं हैं।

## 5. उदाहरण
| पोस्ट | भावना | मिलावट | धारा |
|---|---|---|---|
| Teacher ne itne easy tarike se samjhaya | सकारात्मक | 3 | 2.1 |
| Train sirf teen ghante late thi, progress 😂 | नकारात्मक | 2 | 2.4, 3.1 |
| Songs acche hain par story mein dum nahi | मिली-जुली | 2 | 2.3 |
`,
}
