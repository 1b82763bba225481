"""Words and names that English sets down twice on purpose, without a comma between."""

DOUBLED = frozenset(
    (
        "that had her in on up out over off down by about through is do does did so very much many more "
        "long far way too no yes bye night there now please well oh ha he-he knock hear tut hush ho boo "
        "blah bang boom tick tock chop choo beep woof quack cluck ding dong drip tap click clap pop yum "
        "chin hip win never really super big bad good old high deep wide pretty quite just half same "
        "again fifty tsk shoo rah pom cha can bon goody pooh cous couscous yo aye baa buzz chat chug "
        "chuff clang crack cuckoo dum hey hot hum hurrah joy la mama na papa ping plop puff rat ring run "
        "go sex sing sorry splash stop swish thud thump ta toot tra tum tweet vroom wait walla wagga mahi "
        "piri gado shabu hundred thousand million billion trillion whoosh wow ya yeah zoom one two you "
        "who all any really truly slowly badly only early finally great double yada poo pee buddy whoa "
        "yuck "
    ).split()
)
# Names that are doubled by nature; elsewhere a doubled name is a slip.
DOUBLED_NAMES = frozenset(
    (
        "Duran Walla Wagga Pago Bora Lang Ling Zsa Sirhan Boutros Humbert Mau La Cao Dee Sing Sri Bang "
        "Boo Boom Boing Phi Chi Na Fang Tin Chitty Kiss Mighty Goo Mary Paw Puka Tawi Bella Twinkle Baden "
        "Yo Ping Pom Can Dum Mirror Gang Ming Ying Bam Guru Xiang Chu Hush Mony Liar Ai Mei Pai Man Cha "
        "Late Go Tap Knock Dance Green Wild Cash Honey Run Sweet Money Danger Super Nam Kitty Bon Dik Aye "
        "Gaga Koko Jar Toto Papa Mama Coco Bye Hey Ho Ha No Yes Yeah Rah Kappa Alpha Sigma Kuch Chow Chan "
        "Chin Fan Ting Tong Wei Yan Yu Yuan Lulu Nana Didi Mimi Maung Abdullah Hoyer Jean Joe John Nico "
        "Kelly Francis Wah Attack Never Happy Please Win Monday "
    ).split()
)
