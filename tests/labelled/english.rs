//! The words and sentences of which English texts are made.

use super::grammar::{Domain, Grammar};

/// English.
pub const ENGLISH: Grammar = Grammar {
    domains: &[
        Domain {
            nouns: "trawler quay tide rope lighthouse skipper kelp buoy dock net channel icehouse deck anchor fog ferry oyster breakwater \
                crane sailor hold canvas rudder saltworks",
            verbs: "patched moored dredged towed scrubbed unloaded inspected carried guarded measured painted hoisted",
        },
        Domain {
            nouns: "dough oven broth casserole cleaver peppercorn cider cheese steamer apprentice landlord stock pickle flour counter \
                stove ginger mushroom omelette rice vinegar menu diner sesame",
            verbs: "kneaded served fried mixed tasted chopped simmered bought dried cured improved weighed",
        },
        Domain {
            nouns: "train platform rail signal tunnel carriage timetable turnstile luggage driver junction lounge viaduct conductor \
                sleeper freight delay hall loudspeaker barrier embankment cable berth whistle",
            verbs: "dispatched reinforced replaced opened extended closed checked counted rebuilt sealed surveyed patrolled",
        },
        Domain {
            nouns: "classroom blackboard textbook homework teacher playground library bus exam parent chalk assembly schedule laboratory \
                certificate badge dormitory choir graduate piano satchel classmate canteen corridor",
            verbs: "marked recited assigned organised copied explained postponed rehearsed borrowed registered whitewashed elected",
        },
        Domain {
            nouns: "ward prescription nurse clinic thermometer needle monitor vaccine stretcher record doctor cabinet reception bandage \
                theatre ambulance sample tooth spectacles wheelchair sanatorium herb cylinder fever",
            verbs: "diagnosed dressed disinfected injected charted transferred tended reviewed prescribed booked rescued ground",
        },
        Domain {
            nouns: "server interface cache log database patch thread script compiler test disk port key protocol branch manual queue \
                backup release memory plugin vulnerability terminal firewall",
            verbs: "deployed refactored debugged reverted committed merged monitored migrated compressed encrypted published traced",
        },
        Domain {
            nouns: "rose nursery pot pruner fertiliser earthworm trellis greenhouse seed gardener lawn sprinkler pear hedge hive leaf \
                bed blight vine ditch basket hoe quince moss",
            verbs: "trimmed transplanted watered sowed picked grafted weeded bred turned covered spread harvested",
        },
        Domain {
            nouns: "team coach goalkeeper stand referee boot league locker corner striker scoreboard substitute supporter physio trophy \
                pitch shinpad penalty tactic shirt goalpost squad training captain",
            verbs: "substituted defeated saved celebrated trained disputed encouraged chased blocked signed watched drew",
        },
        Domain {
            nouns: "gallery mirror fresco guide jar rubbing pendant storeroom showcase scroll restorer ticket tablet dynasty digger \
                bamboo lacquer catalogue shard epitaph donor inscription brocade coin",
            verbs: "restored exhibited authenticated excavated sketched collected numbered donated photographed returned cleaned duplicated",
        },
        Domain {
            nouns: "parish paddock tractor reservoir track cooperative granary orchard flock market well chapel pylon terrace footbridge \
                barn postman rapeseed windmill millstone meadow cowshed pond woodshed",
            verbs: "leased renovated irrigated grazed purchased paved promoted divided rented cleared delivered managed",
        },
        Domain {
            nouns: "script stage spotlight fiddle aria wings audience curtain prop director costume drum tenor poster orchestra beat \
                mirrorball amateur monologue backdrop microphone applause balcony troupe",
            verbs: "staged adapted sang praised accompanied designed recorded imitated covered declaimed judged revived",
        },
        Domain {
            nouns: "ledger till loan shop rent customer warehouse contract invoice shareholder order parcel factory specimen courier \
                accountant sign profit wage advertisement board shelf component assembly",
            verbs: "reconciled negotiated lowered refunded tallied financed audited sold packed haggled deferred owed",
        },
    ],
    adjectives: "new shabby heavy quiet damp bright narrow costly simple tangled rare common whole loose tidy spacious unfamiliar old sturdy \
        brittle slender lukewarm cold makeshift formal coarse smooth lively deserted reliable odd handsome clumsy light scarce dense low tall \
        even muddled",
    adverbs: "slowly quietly repeatedly soon always finally still nearly personally occasionally again routinely promptly carefully overnight \
        hastily earnestly gladly reluctantly jointly openly barely seldom thoroughly",
    times: "at dawn|towards evening|last winter|a month ago|that night|after the rain|once lunch was over|over the weekend|since spring|before \
        the holiday|next day|at first|later on|in recent years|by autumn|on leaving|well before sunrise|ten years earlier|after the meeting|every summer",
    clauses: &[
        "{p} {v} the {n}",
        "{t} {p} {v} a {n} in {l}",
        "one {a} {n} leaned against another {n}",
        "every {n} around {l} had grown {a}",
        "{p} {d} {v} that {n} himself",
        "nobody ever {v} our {n} willingly",
        "both {n} and {n} were {v} by {p}",
        "their {n} seemed more {a} than any in {l}",
        "according to {p}, whoever {v} this {n} kept it",
        "{q} people came from {l} for a single {n}",
        "some {n} got {v} twice, and {d} too",
        "who could guess how {a} her {n} would be",
        "she hid each {n} inside an empty {n}",
        "they {d} talked about {n} after {n}",
        "{p} brought {q} {a} souvenirs home to {l}",
        "custom in {l} says elders {v} whatever {n} remained",
        "unless your {n} is {a}, leave it to {p}",
        "an {n} once {v} stays {a}",
        "{t} the price of {n} rose by {q} pence",
        "even {p} mistook it for {a} {n}",
        "to find another {n}, {p} crossed {l}",
        "beside my {n} stood {q} crates of {n}",
        "opinions on {n} differ, and {a} ones win",
        "while {p} {v} one half, {p} {v} the other",
        "I asked {p} why {n} mattered",
        "between {l} and {l} lies nothing but {n}",
        "it was {a}, it was {n}, and it was {d} {v}",
        "{d} enough, somebody called it {n}",
        "this reminded {p} of {l}",
        "being too {a}, his {n} gave way to {n}",
        "{p} wrote to {p} about those {n} troubles",
        "apart from {n}, {l} lacked everything",
        "{t} no {n} sounded quite so {a}",
        "records in {l} list {q} kinds of {n}",
        "newcomers like {p} never {v} anything {a}",
        "{l} council {v} all {a} property, {n} included",
        "which {n} should go first is {d} debated",
        "you can see {a} marks where {p} {v} it",
        "half went to {l}, half to {p}",
        "then out came {n}, {a} as ever",
        "{p} refused to leave until {n} turned {a}",
        "{p} fought {p} over {n} for {q} days",
        "behind that {a} front, {n} had been {v}",
        "few besides {p} know how {n} is {v}",
        "near {l} there now stands a {a} {n}",
        "when evening fell, {p} had {v} enough {n}",
        "laughing, {p} went back and {v} more",
        "what counts is {n}, not {n}",
        "on day {q} someone {d} {v} us",
        "{l} claims ownership of such {a} {n}",
        "several {n} parts were {d} shipped via {l}",
        "finding {n} {a}, {p} simply {v} without it",
        "for {n}, {l} ranks number {q}",
        "the more {a} things get, the more {n} helps",
        "rumour has it {l} also {v} its {n}",
        "keys went to {p} and {n} to {p}",
        "under {n} we found a picture of {l}",
        "it took {p} {q} hours for one {n}",
        "whatever {n} was left {d} moved to {l}",
        "those who {v} {n} then live in {l} today",
    ],
    joints: &[
        ", and ",
        ", but ",
        ", so ",
        "; ",
        ", while ",
        ", because ",
        ", though ",
        " before ",
        " until ",
        " since ",
    ],
    ends: &[".", ".", ".", ".", ".", ".", "!", "?", "..."],
    family_names: "Ashdown Bellamy Carver Dunmore Ellwood Farrow Garnet Holloway Ingram Jessop Kemble Larkin Marlow Norcott Oakley Penrose \
        Quill Rudge Stanton Thorne Underhill Vickers Wexford Yardley Abernathy Birch Colquhoun Draper Eastlake Finch",
    given_names: "Ada Basil Clara Dorothy Edmund Flora Gilbert Hester Isaac Judith Kit Leonora Miles Nora Oswin Petra Quentin Rosalind Silas \
        Tabitha Ursula Victor Winifred Xanthe Yves Zelda Amos Bridget Cecil Delia",
    place_heads: "Stone Black White Long Broad Hollow Winter Summer Raven Otter Fox Wolf Elder Ash Oak Thorn Salt Sand Mill Kings Queens North \
        South East West High Nether Upper Little Great",
    place_tails: "bridge ford haven wick combe ley field mouth gate stead ham borough dale cliff marsh well brook hurst ton bury",
};
