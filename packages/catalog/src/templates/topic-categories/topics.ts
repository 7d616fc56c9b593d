import { nodesOf } from '../outline.ts'

/** What a sentence of news or of an encyclopedia is about: three levels. */
export const topics = nodesOf(`
politics | Politics | राजनीति | rajneeti, siyasat, सियासत
  elections | Elections | चुनाव | chunav, chunaav, polls, vote, मतदान
    campaigns | Campaigns and rallies | चुनाव प्रचार और रैलियाँ | prachar, rally, रैली
    voting-counting | Voting and counting | मतदान और मतगणना | matdaan, ginti, EVM, turnout
    electoral-rules | Electoral rules | चुनावी नियम | chunav ayog, election commission, आचार संहिता
  government | Government and administration | सरकार और प्रशासन | sarkar, sarkaar, prashasan
    cabinet | Cabinet and ministries | मंत्रिमंडल और मंत्रालय | mantri, minister, मंत्री
    legislature | Parliament and legislatures | संसद और विधानमंडल | sansad, vidhan sabha, bill, विधेयक
    local-government | Local government | स्थानीय शासन | panchayat, nagar nigam, पंचायत, नगर निगम
    public-services | Public services and schemes | सरकारी सेवाएँ और योजनाएँ | yojana, ration card, योजना, राशन
  parties-leaders | Parties and leaders | दल और नेता | neta, party, नेता
    appointments | Appointments and resignations | नियुक्तियाँ और इस्तीफ़े | istifa, resign, इस्तीफ़ा
    alliances | Alliances and splits | गठबंधन और टूट | gathbandhan, coalition
  foreign-policy | Foreign policy | विदेश नीति | videsh neeti, diplomacy, कूटनीति
    treaties-talks | Treaties and talks | समझौते और वार्ताएँ | samjhauta, summit, शिखर वार्ता
    borders | Borders | सीमाएँ | seema, border
economy | Economy and business | अर्थव्यवस्था और व्यापार | arthvyavastha, vyapar, business, कारोबार
  public-finance | Public finance | सार्वजनिक वित्त | sarkari kharch
    budget | Budget and spending | बजट और ख़र्च | bajat, budget
    taxes | Taxes | कर | tax, GST, income tax, आयकर
  markets-money | Markets and money | बाज़ार और पैसा | bazaar, paisa, market
    shares | Shares and funds | शेयर और फ़ंड | share market, sensex, mutual fund, शेयर बाज़ार
    banking | Banking and payments | बैंकिंग और भुगतान | bank, UPI, loan, कर्ज़
    prices | Prices and inflation | क़ीमतें और महँगाई | mehngai, mahangai, inflation, daam
  companies | Companies and industry | कंपनियाँ और उद्योग | company, udyog, factory, कारख़ाना
    startups | Start-ups | स्टार्टअप | startup, funding
    mergers | Mergers and closures | विलय और बंदी | vilay, takeover, bankruptcy, दिवालिया
    manufacturing | Manufacturing | विनिर्माण | manufacturing, utpadan, उत्पादन
  work-jobs | Work and jobs | काम और रोज़गार | naukri, rozgar, jobs, नौकरी
    employment | Employment and wages | रोज़गार और मज़दूरी | salary, vetan, berozgari, बेरोज़गारी
    strikes | Unions and strikes | यूनियन और हड़तालें | hartal, union, strike
  agriculture | Agriculture | कृषि | kheti, kisan, farming, खेती, किसान
    crops | Crops and harvests | फ़सलें और उपज | fasal, gehu, dhaan, गेहूँ, धान
    livestock-dairy | Livestock and dairy | पशुपालन और डेयरी | dairy, doodh, pashu, दूध
    mandi-prices | Farm markets | मंडी और भाव | mandi, MSP, bhav, समर्थन मूल्य
  trade | Trade | व्यापार और आयात-निर्यात | aayat niryat, export, import, निर्यात
law-crime | Law and crime | क़ानून और अपराध | kanoon, apradh, jurm, जुर्म
  courts | Courts and judgments | अदालतें और फ़ैसले | adalat, court, faisla, न्यायालय
    constitutional-law | Constitutional law | संवैधानिक क़ानून | samvidhan, supreme court, संविधान
    civil-disputes | Civil disputes | दीवानी विवाद | property case, zameen vivad, ज़मीन विवाद
    criminal-trials | Criminal trials | आपराधिक मुक़दमे | mukadma, bail, ज़मानत
  policing | Policing and investigation | पुलिस और जाँच | police, jaanch, FIR, thana
  crime | Crime | अपराध | chori, crime
    theft-fraud | Theft and fraud | चोरी और धोखाधड़ी | chori, fraud, dhokha, ठगी
    violence | Violence | हिंसा | maar peet, murder, हत्या
    cybercrime | Cybercrime | साइबर अपराध | OTP fraud, hacking, phishing
    corruption | Corruption | भ्रष्टाचार | rishwat, ghotala, bribe, रिश्वत, घोटाला
conflict | War and security | युद्ध और सुरक्षा | yuddh, jung, suraksha, जंग
  armed-conflict | Armed conflict | सशस्त्र संघर्ष | ladai, war, हमला
    battles | Battles and operations | लड़ाइयाँ और अभियान | hamla, airstrike, operation
    peace | Ceasefire and peace | युद्धविराम और शांति | shanti, ceasefire
  defence | Armed forces | सशस्त्र बल | sena, fauj, army, सेना, फ़ौज
    equipment | Equipment and tests | उपकरण और परीक्षण | missile, tank, मिसाइल
    recruitment | Recruitment and exercises | भर्ती और अभ्यास | bharti, exercise
  terrorism | Terrorism | आतंकवाद | aatankwad, terror
disasters | Disasters and accidents | आपदाएँ और दुर्घटनाएँ | aapda, haadsa, हादसा
  natural-disasters | Natural disasters | प्राकृतिक आपदाएँ | prakritik aapda
    floods | Floods | बाढ़ | baadh, badh, flood
    earthquakes | Earthquakes | भूकंप | bhukamp, earthquake
    storms | Storms and cyclones | तूफ़ान और चक्रवात | toofan, cyclone, chakravat
    drought-heat | Drought and heat | सूखा और लू | sookha, heatwave, loo
  accidents | Accidents | दुर्घटनाएँ | durghatna, accident
    road-accidents | Road accidents | सड़क दुर्घटनाएँ | road accident, takkar
    rail-air-accidents | Rail and air accidents | रेल और विमान दुर्घटनाएँ | train hadsa, plane crash
    fires | Fires and collapses | आग और ढहना | aag, building gira, fire
  relief | Rescue and relief | बचाव और राहत | rahat, bachav, rescue
science | Science | विज्ञान | vigyan, vigyaan
  space | Space | अंतरिक्ष | antriksh, space, ISRO
    missions | Missions and launches | अभियान और प्रक्षेपण | rocket, satellite, उपग्रह
    astronomy | Astronomy | खगोल विज्ञान | taare, grahan, planet, तारे, ग्रहण
  life-sciences | Life sciences | जीव विज्ञान | jeev vigyan, biology
    genetics | Genetics and evolution | आनुवंशिकी और विकासवाद | DNA, gene, जीन
    animals-plants | Animals and plants | जीव-जंतु और पौधे | janwar, paudhe, species, प्रजाति
  physical-sciences | Physics and chemistry | भौतिकी और रसायन | physics, chemistry, bhautiki
  mathematics | Mathematics | गणित | ganit, maths
  earth-sciences | Earth sciences | पृथ्वी विज्ञान | geology, bhugarbh, भूविज्ञान
    weather | Weather and climate science | मौसम और जलवायु विज्ञान | mausam, barish, monsoon, बारिश, मानसून
  research-life | Research and prizes | शोध और पुरस्कार | shodh, research, nobel
technology | Technology | प्रौद्योगिकी | takneek, tech, तकनीक
  internet-media | Internet and social media | इंटरनेट और सोशल मीडिया | social media, viral, app
    platforms | Platforms and apps | प्लैटफ़ॉर्म और ऐप | whatsapp, app, ऐप
    misinformation | Misinformation | भ्रामक सूचनाएँ | fake news, afwah, अफ़वाह
  computing | Computing | कंप्यूटिंग | computer, software
    artificial-intelligence | Artificial intelligence | कृत्रिम बुद्धिमत्ता | AI, machine learning, chatbot
    software-security | Software and security | सॉफ़्टवेयर और सुरक्षा | bug, data leak, password
    devices | Devices and chips | उपकरण और चिप | mobile, phone, laptop, chip
  telecom | Telecommunications | दूरसंचार | 5G, network, recharge
  engineering | Engineering and infrastructure | इंजीनियरिंग और अवसंरचना | pul, bridge, metro, पुल, सड़क
health | Health | स्वास्थ्य | swasthya, sehat, सेहत
  diseases | Diseases | रोग | bimari, beemari, बीमारी
    infectious | Infectious diseases | संक्रामक रोग | dengue, malaria, infection, virus
    chronic | Chronic diseases | दीर्घकालिक रोग | sugar, diabetes, BP, cancer, मधुमेह
    outbreaks | Outbreaks and pandemics | प्रकोप और महामारी | mahamari, covid, pandemic
  care | Care and hospitals | देखभाल और अस्पताल | aspatal, hospital, ilaaj, इलाज
    medicines-vaccines | Medicines and vaccines | दवाएँ और टीके | dawai, teeka, vaccine, दवा, टीका
    health-services | Health services | स्वास्थ्य सेवाएँ | doctor, ambulance, आशा
  wellbeing | Well-being | स्वास्थ्य और कल्याण | fitness, yoga, योग
    nutrition | Nutrition | पोषण | poshan, diet, khana, कुपोषण
    mental-health | Mental health | मानसिक स्वास्थ्य | tension, stress, depression, तनाव
    mother-child | Mother and child | माँ और बच्चा | garbhavastha, pregnancy, प्रसव
environment | Environment | पर्यावरण | paryavaran
  climate-change | Climate change | जलवायु परिवर्तन | jalvayu, global warming
  pollution | Pollution | प्रदूषण | pradushan, dhuan, smog
    air-pollution | Air pollution | वायु प्रदूषण | AQI, hawa, parali, पराली
    water-pollution | Water pollution | जल प्रदूषण | ganda pani, nadi
    waste | Waste | कचरा | kachra, plastic, garbage
  nature-conservation | Nature conservation | प्रकृति संरक्षण | jungle, van, वन
    wildlife | Wildlife | वन्यजीव | tiger, sher, haathi, बाघ, हाथी
    forests-water | Forests and water bodies | वन और जल स्रोत | jungle, talab, नदी, झील
  energy | Energy | ऊर्जा | urja, bijli, बिजली
    renewables | Renewable energy | नवीकरणीय ऊर्जा | solar, saur urja, wind, सौर ऊर्जा
    fossil-nuclear | Fossil and nuclear energy | जीवाश्म और परमाणु ऊर्जा | koyla, petrol, coal, कोयला
education | Education | शिक्षा | shiksha, padhai, पढ़ाई
  schools | Schools | विद्यालय | school, vidyalaya, स्कूल
  higher-education | Higher education | उच्च शिक्षा | college, university, कॉलेज
  exams-admissions | Exams and admissions | परीक्षाएँ और दाख़िले | pariksha, admission, result, paper leak
  teaching | Teaching and curricula | शिक्षण और पाठ्यक्रम | teacher, syllabus, शिक्षक
  skills | Skills and literacy | कौशल और साक्षरता | kaushal, ITI, training
sports | Sports | खेल | khel, khel kood, games
  team-sports | Team sports | टीम के खेल | team games
    cricket | Cricket | क्रिकेट | IPL, test match, wicket
    football | Football | फ़ुटबॉल | football, soccer, goal
    hockey | Hockey | हॉकी | hockey
    kabaddi-kho-kho | Kabaddi and kho-kho | कबड्डी और खो-खो | kabaddi, kho kho
    other-team-sports | Other team sports | टीम के अन्य खेल | volleyball, basketball
  individual-sports | Individual sports | व्यक्तिगत खेल | single player
    athletics | Athletics | एथलेटिक्स | daud, javelin, marathon, भाला
    wrestling-boxing | Wrestling and boxing | कुश्ती और मुक्केबाज़ी | kushti, pehlwan, boxing, पहलवान
    racket-sports | Racket sports | रैकेट के खेल | badminton, tennis
    shooting-archery | Shooting and archery | निशानेबाज़ी और तीरंदाज़ी | nishana, archery
    chess-board | Chess and board games | शतरंज और बोर्ड गेम | shatranj, chess
    motor-cycling | Motor sport and cycling | मोटर स्पोर्ट और साइकिलिंग | F1, race, cycle
  sports-events | Events and medals | प्रतियोगिताएँ और पदक | olympic, medal, padak, ओलंपिक
  sports-business | Sport as business | खेल का कारोबार | doping, auction, नीलामी
entertainment | Entertainment | मनोरंजन | manoranjan
  film | Film | फ़िल्म | film, movie, cinema, bollywood, सिनेमा
    film-releases | Releases and box office | रिलीज़ और कमाई | box office, trailer
    film-makers | Actors and makers | कलाकार और फ़िल्मकार | hero, heroine, director
  television-streaming | Television and streaming | टीवी और स्ट्रीमिंग | serial, OTT, web series, धारावाहिक
  music | Music | संगीत | sangeet, gaana, song, गाना
    classical-folk | Classical and folk | शास्त्रीय और लोक संगीत | shastriya, lok geet, raga, राग
    popular-music | Popular music | लोकप्रिय संगीत | pop, rap, album
  games-comedy | Games and comedy | गेम और कॉमेडी | gaming, stand-up, comedy
culture | Culture and history | संस्कृति और इतिहास | sanskriti, itihas
  literature | Literature and languages | साहित्य और भाषाएँ | sahitya, kitab, bhasha, किताब, भाषा
    books-writers | Books and writers | किताबें और लेखक | kavi, upanyas, लेखक, उपन्यास
    linguistics | Languages | भाषाएँ | vyakaran, boli, व्याकरण, बोली
  visual-arts | Arts and crafts | कला और शिल्प | kala, painting, शिल्प
  theatre-dance | Theatre and dance | रंगमंच और नृत्य | natak, dance, nritya, नाटक
  history | History | इतिहास | itihas, itihaas
    ancient-medieval | Ancient and medieval | प्राचीन और मध्यकालीन | raja, samrajya, साम्राज्य
    modern-history | Modern history | आधुनिक इतिहास | azadi, freedom movement, आज़ादी
    archaeology | Archaeology and heritage | पुरातत्व और धरोहर | khudai, smarak, qila, स्मारक, क़िला
  philosophy | Philosophy | दर्शन | darshan
religion | Religion and festivals | धर्म और त्योहार | dharm, tyohar
  beliefs | Beliefs and texts | मान्यताएँ और ग्रंथ | granth, mazhab
  places-of-worship | Places of worship | उपासना स्थल | mandir, masjid, gurudwara, मंदिर, मस्जिद
  festivals | Festivals and pilgrimages | त्योहार और तीर्थ | diwali, eid, yatra, mela, मेला, कुंभ
society | Society | समाज | samaj
  people-groups | Communities and migration | समुदाय और प्रवासन | samuday, pravasi
    migration | Migration | प्रवासन | palayan, migrant, पलायन
    population | Population | जनसंख्या | jansankhya, census, जनगणना
  rights-justice | Rights and justice | अधिकार और न्याय | adhikar, haq, हक़
    gender | Women and gender | महिलाएँ और लैंगिक प्रश्न | mahila, women, महिला
    caste-tribe | Caste and tribe | जाति और जनजाति | jati, adivasi, आरक्षण
    child-rights | Children's rights | बाल अधिकार | bachche, child labour, बाल श्रम
    protests | Protests and movements | आंदोलन और प्रदर्शन | andolan, dharna, protest, धरना
  media-press | Media and press | मीडिया और प्रेस | patrakar, newspaper, अख़बार
  family-ageing | Family and ageing | परिवार और बुढ़ापा | shaadi, parivar, buzurg, शादी, बुज़ुर्ग
  charity | Charity and volunteering | दान और स्वयंसेवा | NGO, daan, seva
lifestyle | Everyday life | रोज़मर्रा का जीवन | rozmarra, lifestyle
  food | Food and cooking | खाना और पकाना | khana, recipe, pakwan, व्यंजन
  travel-tourism | Travel and tourism | यात्रा और पर्यटन | yatra, ghumna, tourism, घूमना
  transport | Transport | परिवहन | train, bus, auto, रेल, यातायात
    road-transport | Roads and vehicles | सड़क और वाहन | gaadi, traffic, car, bike
    rail | Railways | रेलवे | train, ticket, रेल
    air-water | Air and water transport | वायु और जल परिवहन | flight, airport, jahaz
  housing | Housing and cities | आवास और शहर | makaan, kiraya, मकान, किराया
  fashion-beauty | Fashion and beauty | फ़ैशन और सौंदर्य | kapde, saree, fashion, कपड़े
  hobbies-pets | Hobbies and pets | शौक़ और पालतू | shauk, pet, kutta
geography | Places | स्थान | jagah, bhugol, भूगोल
  countries-regions | Countries and regions | देश और प्रदेश | desh, rajya, राज्य
  towns | Towns and villages | शहर और गाँव | shehar, gaon, गाँव
  landscapes | Mountains, rivers, seas | पहाड़, नदियाँ, सागर | pahad, nadi, samudra, पर्वत
other | None of these | इनमें से कोई नहीं | kuch aur, other, misc
`)
