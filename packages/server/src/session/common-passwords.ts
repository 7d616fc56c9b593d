/** What people try first: keyboard walks, names of things, and what is common in India. Lower case. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
password passw0rd p@ssword p@ssw0rd pa55word password1 password12 password123 password1234
password12345 passwords mypassword yourpassword newpassword oldpassword thepassword
passwordpassword qwertyuiop qwerty qwerty123 qwerty1234 qwerty12345 qwertyui qwertyqwerty
1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc qazwsx qazwsxedcrfv
zaq12wsx zaq1zaq1 asdfghjkl asdfghjkl; asdfasdf asdfgh asdf1234 zxcvbnm zxcvbnm123 1qaz2wsx
1qaz2wsx3edc 1qazxsw2 poiuytrewq mnbvcxz lkjhgfdsa azertyuiop 1234567890 0123456789
0987654321 9876543210 12345678910 123456789 12345678 1234567891 123123123123 1231231234
1122334455 112233445566 1234554321 123454321 123321123321 147258369 147258369147 159753
789456123 7894561230 1029384756 1212121212 121212121212 6666666666 0000000000 1111111111
11111111111 9999999999 iloveyou iloveyou1 iloveyou2 iloveyouforever iloveu iloveindia
ilovemyself ilovemom ilovegod loveyou loveyouforever iloveyousomuch imissyou lovelove
welcome welcome1 welcome123 welcome1234 welcome2024 welcome2025 welcome2026 letmein letmein1
letmein123 letmeinnow changeme changeme1 changeme123 changeit changethis default
defaultpassword secret secret123 topsecret supersecret trustno1 opensesame administrator
administrator1 admin admin123 admin1234 admin12345 adminadmin adminadmin1 adminpassword
administrator123 root rootroot rootpassword toor guest guest123 testtest testtest1 test1234
test12345 test123456 testing testing123 temporary temp1234 demo1234 demopassword abcdefghij
abcdefghijk abcdefgh abcd1234 abcd12345 abcde12345 abc123 abc12345 abc123abc123 abc1234567
aabbccddee a1b2c3d4e5 a1b2c3d4 aa123456 aa12345678 qwe123qwe qweasdzxc qweasdzxc123
qweqweqwe asdasdasd zxczxczxc football baseball basketball superman batman spiderman dragon
monkey sunshine princess shadow master michael jennifer jordan23 liverpool chelsea arsenal
manchester starwars pokemon whatever freedom computer internet samsung samsung123 nokia1234
google google123 googlegoogle facebook facebook1 instagram whatsapp youtube microsoft
windows windows10 iphone android india india123 india1234 india12345 indian indian123
hindustan bharat bharat123 bharatmata jaihind jaihind123 vandemataram namaste namaste123
jaishreeram jaishriram shreeram jaimatadi jaimatadi123 harekrishna radheradhe radhakrishna
omnamahshivaya omsairam sairam sairam123 saibaba ganesh ganesh123 ganpati krishna krishna123
mahadev mahadev123 hanuman hanuman123 waheguru bismillah bismillah786 allahuakbar mohabbat
dilse mummy mummypapa mummypapa123 papamummy maapapa sachin sachin10 tendulkar dhoni
dhoni007 viratkohli cricket cricket123 mumbai mumbai123 delhi delhi123 newdelhi bangalore
bengaluru hyderabad chennai kolkata kolkata123 lucknow jaipur bollywood shahrukh salmankhan
password@123 pass@1234 admin@123 welcome@123 india@123 qwerty@123 test@1234 p@ssword123
kasauti kasauti123 kasautikasauti labeling annotation annotator correcthorsebatterystaple
correcthorse
`
    .trim()
    .split(/\s+/),
)
