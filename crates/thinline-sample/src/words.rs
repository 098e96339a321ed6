//! Word lists from which artists, songs, series, films and their episodes are put together.
//!
//! Everything here is invented; the words are chosen so that the combinations sound like titles without being
//! those of existing works. Lists in other scripts are there because real exports hold them.

/// First parts of band names and titles.
pub(crate) const ADJECTIVES: &[&str] = &[
    "Reluctant",
    "Copper",
    "Borrowed",
    "Patient",
    "Salted",
    "Unposted",
    "Overcast",
    "Half-Lit",
    "Upstream",
    "Crooked",
    "Woolen",
    "Northbound",
    "Quiet",
    "Sleepless",
    "Tin",
    "Paperback",
    "Unlocked",
    "Marbled",
    "Windward",
    "Second-Hand",
    "Amber",
    "Slow",
    "Spare",
    "Folded",
    "Faded",
    "Hollow",
    "Late",
    "Loose",
    "Misty",
    "Distant",
    "Rusted",
    "Silver",
    "Tidal",
    "Thirteenth",
    "Wandering",
    "Tender",
    "Dusty",
    "Lucky",
    "Silent",
    "Warm",
];

/// Plural nouns for band names.
pub(crate) const BANDS: &[&str] = &[
    "Barometers",
    "Ferrymen",
    "Almanacs",
    "Semaphores",
    "Sundials",
    "Thimbles",
    "Trestles",
    "Gables",
    "Inkwells",
    "Lampposts",
    "Pantries",
    "Quills",
    "Rafters",
    "Kettles",
    "Haystacks",
    "Postcards",
    "Umbrella Makers",
    "Tide Clerks",
    "Night Porters",
    "Bellringers",
    "Cartographers",
    "Doorknobs",
    "Understudies",
    "Window Seats",
    "Clockmakers",
    "Rope Walkers",
    "Orchardists",
    "Toll Keepers",
    "Snow Shovels",
    "Marginalia",
];

/// Single nouns for titles.
pub(crate) const NOUNS: &[&str] = &[
    "Harbor",
    "Water",
    "Lantern",
    "Winter",
    "Orchard",
    "Ladder",
    "Window",
    "River",
    "Staircase",
    "Weather",
    "Balcony",
    "Compass",
    "Island",
    "Kitchen",
    "Garden",
    "Signal",
    "Railway",
    "Mountain",
    "Blanket",
    "Mirror",
    "Engine",
    "Letter",
    "Meadow",
    "Chimney",
    "Avenue",
    "Thunder",
    "Paper",
    "Bridge",
    "Coastline",
    "Satellite",
    "Market",
    "Lighthouse",
    "Sparrow",
    "Tunnel",
    "Ocean",
    "Candle",
    "Suitcase",
    "Theater",
    "Horizon",
    "Platform",
    "Calendar",
    "Elevator",
    "Snowfall",
    "Radio",
    "Telephone",
    "Carousel",
    "Feather",
    "Pocket",
    "Station",
    "Valley",
    "Basement",
    "Parade",
];

/// Beginnings of song titles that take a noun.
pub(crate) const OPENINGS: &[&str] = &[
    "Leaving the",
    "Under the",
    "One More",
    "Back to the",
    "Every Other",
    "Talking to the",
    "Dancing by the",
    "Waiting for the",
    "Sleeping in the",
    "Somebody's",
    "This Is Not a",
    "Running Past the",
    "No Such",
    "Painting the",
    "Half a",
    "Goodbye,",
    "Between the",
    "Your Father's",
    "Counting the",
    "Home Without a",
];

/// Months and times for titles.
pub(crate) const TIMES: &[&str] = &[
    "in March",
    "at Noon",
    "Before Dawn",
    "in November",
    "on Sunday",
    "After Midnight",
    "in the Rain",
    "at Low Tide",
    "in Slow Motion",
    "Next Summer",
    "by Heart",
    "Again",
];

/// First names of invented people.
pub(crate) const FIRST_NAMES: &[&str] = &[
    "Mira", "Jonas", "Ilse", "Tomas", "Ayla", "Bram", "Nadia", "Piet", "Oona", "Rafi", "Saskia", "Timo",
    "Vera", "Wout", "Zeynep", "Ines", "Anouk", "Casper", "Dilara", "Emre", "Femke", "Goran", "Hanne", "Ivo",
];

/// Surnames of invented people.
pub(crate) const SURNAMES: &[&str] = &[
    "Oldenkamp",
    "Weidacker",
    "van Tolhuis",
    "Brandsting",
    "Kelderveen",
    "Marisko",
    "Farnhill",
    "Aldermoor",
    "Tessaro",
    "Lindgaard",
    "Ostrowin",
    "Pallasch",
    "Quenby",
    "Rauwerd",
    "Silverthorne-Okoro",
    "Tamarit",
    "Ulvestad",
    "Vantrille",
    "Winterbeek",
    "Yarrowby",
    "Zandbergh",
    "Hallowick",
];

/// Places that are on no map.
pub(crate) const PLACES: &[&str] = &[
    "Kelder",
    "Little Thornwick",
    "Saltmarsh",
    "Port Ansel",
    "Varnholm",
    "Ostermoor",
    "Greywater",
    "Sint-Odile",
    "Marrow Quay",
    "Hallin Bay",
    "Lindau-Tal",
    "Low Fennick",
    "Torrevela",
    "Nordkaap",
    "Elmsworth",
    "Dunmarrow",
];

/// Ensembles that take a place.
pub(crate) const ENSEMBLES: &[&str] = &[
    "Chamber Players",
    "Brass Union",
    "Radio Orchestra",
    "Choir",
    "Quartet",
    "Dub Collective",
    "Jazz Fourteen",
];

/// Artists whose names are not English, with the words of their songs.
pub(crate) const FOREIGN: &[(&str, &[&str])] = &[
    (
        "Die Spätzünder",
        &[
            "Überm Fluss",
            "Straßenbahn nach Süden",
            "Möwen",
            "Für später",
            "Grüße aus Ostermoor",
            "Kein Anschluss",
            "Der größte Regen",
            "Zwölf Stühle",
        ],
    ),
    (
        "Weiße Wäsche",
        &["Küchenlicht", "Die Tür war offen", "Träume im Treppenhaus", "Frühschicht", "Maß halten"],
    ),
    (
        "Les Réverbères",
        &[
            "À l’envers",
            "Où va la pluie ?",
            "Été sans fin",
            "Cœur de papier",
            "La fenêtre d’à côté",
            "Déjà septembre",
        ],
    ),
    ("Françoise Vantrille", &["Ça passera", "Le garçon du marché", "L’île aux échelles", "Bientôt Noël"]),
    ("夜の灯台", &["雨の停車場", "青い手紙", "三月のはしご", "波のない海", "おやすみ、電波塔"]),
    ("紙の月楽団", &["窓ぎわの席", "ゆっくり歩く", "冬の市場"]),
    ("فرقة المرفأ", &["رسالة إلى النهر", "ليل المدينة", "شرفة الجدة", "قطار الفجر"]),
    ("종이 우산", &["느린 버스", "겨울 창문", "두 번째 봄"]),
    ("Şehir Işıkları Üçlüsü", &["Gece Vapuru", "İki Çay", "Yağmurun Öğle Arası", "Güneşli Balkon"]),
    (
        "Los Faroleros de Torrevela",
        &["Mañana otra vez", "El niño del andén", "Corazón de hojalata", "¿Y la lluvia?"],
    ),
    ("Тихий Вокзал", &["Письмо в ноябре", "Белый шум", "Последняя станция"]),
    ("sleepy.fm ☁️", &["nap no. 4 💤", "rain on tin 🌧️", "3 a.m. tea 🍵", "homework mode ✨"]),
];

/// Podcast shows: name and publisher.
pub(crate) const PODCASTS: &[(&str, &str)] = &[
    ("The Long Way Round the Kitchen", "Kettle Audio"),
    ("Small Claims, Large Feelings", "Kettle Audio"),
    ("Night Bus to Varnholm", "Ostermoor Radio"),
    ("What the River Took", "Low Water Stories"),
    ("Two Historians and a Kettle", "Low Water Stories"),
    ("Die halbe Wahrheit über Käse", "Ostermoor Radio"),
    ("Sleep Slowly", "Pillow & Partners"),
    ("Running Badly", "Sam Farnhill"),
    ("Allotment Hour", "Elmsworth Audio"),
    ("Code Before Coffee", "Half-Lit Media"),
    ("The Money Drawer", "Half-Lit Media"),
    ("Ask a Locksmith", "Elmsworth Audio"),
    ("Parents of Small Volcanoes", "Kettle Audio"),
    ("Le bruit des choses", "Atelier Réverbère"),
    ("Unsolved in Little Thornwick", "Low Water Stories"),
    ("The Anxious Cook", "Pillow & Partners"),
];

/// Audiobooks: title, author, chapters.
pub(crate) const AUDIOBOOKS: &[(&str, &str, u32)] = &[
    ("The Lighthouse Accountant", "Oona Aldermoor", 24),
    ("A Short History of Ladders", "Bram Winterbeek", 18),
    ("Nine Winters at Kelder", "Ilse Weidacker", 31),
    ("How to Sit Still", "Dilara Tamarit", 12),
    ("The Ferry Does Not Wait", "Tomas Ulvestad", 27),
    ("Salt, Rope, Weather", "Vera Hallowick", 22),
];

/// Topics of podcast episodes.
pub(crate) const TOPICS: &[&str] = &[
    "the missing ferry",
    "why bread sinks",
    "a locked drawer",
    "starting again at forty",
    "the last lighthouse keeper",
    "rent, rates and ruin",
    "how to leave a party",
    "the winter of the long queue",
    "a letter nobody sent",
    "doing less",
    "the man who sold the bridge",
    "panic in the pantry",
    "what knees are for",
    "a very slow burglary",
    "moving house",
    "the committee",
    "sleep, and the lack of it",
    "the price of butter",
    "a dog called Tuesday",
    "old passwords",
];

/// Words of episode names.
pub(crate) const EPISODES: &[&str] = &[
    "Low Tide",
    "The Visitor",
    "Salt",
    "Everything Must Go",
    "A Cold Supper",
    "The Long Ladder",
    "Nobody's Fault",
    "Inventory",
    "The Wrong Train",
    "Old Friends",
    "Rain Delay",
    "Something Blue",
    "The Audit",
    "Open Window",
    "Fog",
    "Two Keys",
    "The Understudy",
    "A Good Boy",
    "Paper Trail",
    "What Remains",
    "The Ferry at Five",
    "Thin Ice",
    "Housewarming",
    "The Third Chair",
    "Left Luggage",
    "Tell Me Again",
    "Half Past Never",
    "The Drawer",
    "Homecoming",
];

/// Turns "a island" into "an island".
pub(crate) fn with_articles(title: String) -> String {
    const VOWELS: &[char] = &['A', 'E', 'I', 'O', 'U'];
    let mut words: Vec<&str> = title.split(' ').collect();
    for i in 1..words.len() {
        if words[i].starts_with(VOWELS) {
            words[i - 1] = match words[i - 1] {
                "a" => "an",
                "A" => "An",
                other => other,
            };
        }
    }
    words.join(" ")
}
