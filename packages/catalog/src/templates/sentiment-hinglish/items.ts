const texts: readonly string[] = [
  'Yaar camera toh ekdum mast hai, but battery shaam tak bhi nahi chalti.',
  'Delivery boy bahut polite tha, baarish mein bhi time pe aa gaya 🙏',
  'Third class service. Do baar complaint ki, koi response nahi.',
  'Aaj office mein pizza party thi.',
  'Kya hi acting ki hai bhai ne, rongte khade ho gaye!',
  'Refund kab tak aayega? Order cancel kiye pandrah din ho gaye.',
  'Wah, kya baat hai, phir se light chali gayi. Zindabad 👏',
  'Ye wala kurta size mein thoda loose hai lekin fabric accha hai.',
  'Mera paisa waapas karo, fraud company hai ye!!',
  'Trailer dekh ke laga tha film acchi hogi. Laga tha.',
  'Mummy ko ye recipe bahut pasand aayi, ab har Sunday banegi 😋',
  'App open hote hi crash ho jaata hai since last update.',
  'Meeting 4 baje hai, link group mein daal diya hai.',
  'Paani bhi nahi hai, bijli bhi nahi hai, aur bill time pe aa jaata hai.',
  'Teacher ne itne easy tarike se samjhaya ki sab doubt clear ho gaye.',
  'Theek hai, kaam chal jaata hai, is price mein aur kya hi milega.',
  'Bhai seriously, itna ganda khana maine zindagi mein nahi khaya 🤢',
  'Kal se nayi job join kar raha hoon, thoda nervous, thoda excited!',
  'Train sirf teen ghante late thi, isko hum progress maante hain 😂',
  'Support wali didi ne aadhe ghante line pe reh ke problem solve ki, dil se thank you.',
  'Screen pe scratch tha, box bhi khula hua tha, phir bhi return reject.',
  'Weekend pe Jaipur jaa rahe hain, koi acchi jagah batao rukne ki.',
  'Songs acche hain par story mein dum nahi, second half mein so gaya.',
  'Pehle darr lag raha tha par interview ekdum smooth gaya, selected! 🎉',
]

/** Posts and reviews as people type them, Hindi and English mixed in Roman letters. */
export const items = texts.map((text, i) => ({
  key: `post-${String(i + 1).padStart(2, '0')}`,
  input: { post: { text } },
}))
