"""Words by which people ask what our questions ask, with the words that our questions use for it."""

# Word or its beginning (with a star) → words of our questions, folded.
EVERYDAY_WORDS: dict[str, tuple[str, ...]] = {
    "fiilis*": ("mieliala",), "tunnelma": ("ilmapiiri",), "henki": ("ilmapiiri",), "masennu*": ("mieliala",),
    "kaveri*": ("ihmissuhteet", "yksinäiseksi"), "ystävä*": ("ihmissuhteet",), "porukka*": ("ilmapiiri",),
    "raha*": ("raha",), "talou*": ("raha",), "lasku*": ("raha",), "velka*": ("raha",), "juomi*": ("päihteet",),
    "alkohol*": ("päihteet",), "huume*": ("päihteet",), "asunto*": ("asuminen",), "koti*": ("asuminen",),
    "koulu*": ("opiskelu",), "duuni*": ("työ",), "työllisty*": ("työ",), "arje*": ("arki", "arkea"),
    "kivoin*": ("parasta",), "mukavin*": ("parasta",), "onnistu*": ("parasta",), "plussa*": ("parasta",),
    "kehit*": ("muuttaa",), "paranne*": ("muuttaa",), "parantaa": ("muuttaa",), "toisin": ("muuttaa",),
    "miinus*": ("muuttaa",), "ruusu*": ("parasta",), "risu*": ("muuttaa",), "kohtaa*": ("kohtelivat",),
    "ohjaaj*": ("työntekijät",), "henkilökun*": ("työntekijät",), "tila": ("paikka",), "tilat": ("paikka",),
    "aikataulu*": ("aika",), "osallis*": ("osallistua", "mukaan"), "nps": ("suosittelisi",), "irti": ("hyödyllistä",),
    "auttoi": ("hyödyllistä", "apua"), "anti": ("hyödyllistä",), "jaksa*": ("vointi", "terveys"),
    "terve*": ("terveys", "vointi"), "itsetunto*": ("itseluottamus", "rohkeus"), "uskal*": ("rohkeus", "itseluottamus"),
    "kuunnel*": ("kuunnellaan",), "luotta*": ("luottamus", "luotat"), "palvelu*": ("palvelut",),
    "rytmi*": ("päivärytmi",),
    "humör*": ("sinnesstämning",), "kompis*": ("relationer",), "vänner": ("relationer",), "alkoholi": ("päihteet",),
    "droger": ("rusmedel",), "nytta*": ("nytta",), "ekonomi*": ("pengar",), "bostad*": ("boende",),
    "friend*": ("relationships",), "drink*": ("substances",), "drugs": ("substances",), "helpful": ("useful",),
}  # fmt: skip

# Words that compare now with before, or tell of a change.
COMPARING = (
    "verrattuna", "verrat", "aiemp", "aikaisemp", "ennen", "muutos", "muuttunut", "muuttui", "parantunut", "kohentunut",
    "lisääntynyt", "vähentynyt", "jämfört", "tidigare", "förändr", "compared", "chang", "than before",
)  # fmt: skip

# Words that any question may hold.
COMMON = frozenset({
    "ja", "tai", "on", "oli", "se", "että", "kun", "jos", "miten", "kuinka", "mitä", "mikä", "kuka", "onko", "oliko",
    "voit", "olet", "olen", "sinua", "sinulle", "minulle", "minua", "minun", "sinun", "oma", "omat", "tästä", "tätä",
    "tähän", "nyt", "tällä", "hetkellä", "hyvin", "usein", "asteikolla", "arvio", "kysymys", "sain", "sai",
    "och", "är", "var", "hur", "vad", "det", "att", "nu", "du", "jag", "ofta", "väl",
    "the", "is", "was", "how", "what", "do", "you", "i", "it", "to", "of", "a", "now", "often", "well",
})  # fmt: skip
