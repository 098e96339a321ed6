//! Names of invented series and films, and parts of them. As in `words`, nothing here exists.

/// Series: name, seasons, episodes in each, minutes of an episode.
pub(crate) const SERIES: &[(&str, u32, u32, u32)] = &[
    ("Harbor Lights of Kelder", 4, 8, 47),
    ("The Glass Ferryman", 2, 10, 52),
    ("Saltmarsh", 3, 6, 58),
    ("Murder in Little Thornwick", 5, 6, 44),
    ("The Understudies", 6, 10, 24),
    ("Night Desk", 3, 8, 41),
    ("Nine Winters", 1, 9, 55),
    ("Bakers of the North", 4, 8, 38),
    ("Half a House", 5, 12, 22),
    ("The Lighthouse Accountant", 2, 8, 49),
    ("Signal Lost at Varnholm", 2, 6, 51),
    ("Orchard Street Clinic", 7, 12, 42),
    ("Cold Platform", 3, 8, 46),
    ("Die Küstenwache von Ostermoor", 3, 8, 48),
    ("Straßen aus Glas", 2, 6, 50),
    ("La Maison d’en face", 2, 8, 45),
    ("Les Heures creuses", 1, 6, 52),
    ("El faro de Torrevela", 3, 10, 47),
    ("深夜の台所", 2, 10, 25),
    ("灯台守の娘", 1, 12, 24),
    ("느린 우체국", 1, 16, 62),
    ("ميناء الليل", 1, 10, 40),
    ("Gece Vapuru", 2, 10, 90),
    ("Toll Keepers", 4, 10, 43),
    ("The Quiet Bench", 2, 6, 33),
    ("Dust and Ribbon", 3, 8, 54),
    ("Cartographers", 2, 8, 57),
    ("Planet Under Glass", 2, 6, 50),
    ("Ask the Locksmith", 3, 8, 29),
    ("The Spare Room", 8, 20, 21),
    ("Everyone at the Table", 4, 10, 31),
    ("Low Tide Inspectors", 3, 6, 59),
    ("Tiny Kitchens, Large Families", 5, 8, 35),
    ("The Paper Embassy", 3, 8, 53),
    ("Reykholt Station", 2, 8, 46),
    ("Second Violin", 1, 8, 48),
    ("Knots", 2, 6, 42),
    ("The Winter Tenants", 1, 6, 61),
    ("Three Doors Down", 4, 8, 27),
    ("Sleepwalkers' Union", 2, 8, 50),
];

/// Series for children.
pub(crate) const KIDS_SERIES: &[(&str, u32, u32, u32)] = &[
    ("Pim and the Paper Boat", 4, 26, 11),
    ("Captain Mitten", 3, 20, 14),
    ("The Turnip Detectives", 2, 13, 22),
    ("Zwölf kleine Bären", 3, 26, 9),
    ("Moonbus!", 5, 20, 12),
    ("Dot, Line, Square", 2, 30, 7),
    ("Le petit phare", 2, 20, 10),
    ("Dino Bakery 🦕", 3, 18, 13),
];

/// Beginnings of episode names that take a place.
pub(crate) const HAPPENINGS: &[&str] =
    &["A Funeral", "Trouble", "One Night", "Late Summer", "The Bakery", "Strangers", "An Offer", "Somebody"];

/// Endings of long film titles.
pub(crate) const SUBTITLES: &[&str] = &[
    "or, How the Committee for the Preservation of the Old Ferry Lost Its Only Rowing Boat",
    "A Love Story",
    "The Varnholm Tapes",
    "Part Two",
    "An Entirely Avoidable Tragedy in Four Courses",
    "The Extended Edition",
];

/// Films whose names are not English.
pub(crate) const FOREIGN_FILMS: &[&str] = &[
    "Der letzte Fährmann",
    "Schöne Grüße aus Ostermoor",
    "Où dorment les phares",
    "L’Été des échelles",
    "El verano de los faroles",
    "海辺の郵便局",
    "رسالة من المرفأ",
    "Yağmurdan Sonra",
    "겨울 정류장",
    "Ømme hænder",
];
