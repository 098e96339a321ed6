//! The labels of `Inferences.json`: what an invented Spotify would think of an invented listener.
//!
//! All prefixes that real files show, among them outside data, advertisers' lists and sensitive subjects.

use crate::{pick, rng};

/// Segments the service would build itself.
const OWN: &[&str] = &[
    "1P_Custom_Morning_Commuters",
    "1P_Custom_Podcast_Superfans",
    "1P_Custom_Weekend_Cooks",
    "1P_Custom_New_Parents",
    "1P_Custom_Late_Night_Listeners",
    "1P_Custom_Home_Office",
    "1P_Custom_Speaker_Owners",
    "1P_Custom_Festival_Goers",
    "1P_Custom_Gym_Playlists",
    "1P_Custom_Holiday_Music_Early_Birds",
    "1P_Audiobook_Listeners",
    "1P_Heavy_Streamers",
    "1P_Family_Listening",
    "1P_Custom_Sleep_And_Relaxation",
    "1P_Custom_Car_Listeners [Restricted Use]",
];

/// Lists that advertisers would bring along.
const ADVERTISERS: &[&str] = &[
    "2P_Example_Shoes_Autumn_Customers",
    "2P_Fjordkabel_Newsletter_Q3 [Advertiser-Specific]",
    "2P_Ostermoor_Energie_Wechsler",
    "2P_Kettle_And_Crumb_Loyalty_Card",
    "2P_Noordzee_Ferries_Lapsed_Bookers",
    "2P_Example_Bank_Lookalike_v2 [Advertiser-Restricted]",
    "2P_Tessaro_Eyewear_Site_Visitors",
    "2P_Polderfiets_Owners_2025 [Advertiser-specific]",
    "2P_Example_Insurance_Quote_Started",
];

/// What outside suppliers would sell, by subject.
const OUTSIDE: &[&str] = &[
    "Outdoor_Gear_Buyers",
    "Household_Income_Top_30",
    "Frequent_Grocery_Delivery",
    "Likely_To_Move_House",
    "Small_Business_Owners",
    "Dog_Owners",
    "Electric_Car_Intenders",
    "Premium_Credit_Card_Holders",
    "DIY_And_Garden",
    "Parents_Of_Preschoolers",
    "Online_Fashion_Shoppers",
    "Budget_Air_Travelers",
    "Streaming_Cord_Cutters",
    "Life_Insurance_In_Market",
    "Home_Renovators",
    "Organic_Food_Buyers",
    "Console_Gamers",
    "Weight_Loss_Seekers",
    "Allergy_Remedy_Buyers",
    "Charity_Donors",
    "Undecided_Voters",
    "Recently_Engaged",
];

/// Interest areas and their parts; health, politics, belief and money worries among them.
const INTERESTS: &[&str] = &[
    "sports",
    "sports_hiking",
    "sports_cycling",
    "sports_ice-skating",
    "academic-interests_history",
    "academic-interests_linguistics",
    "business-and-finance_personal-finance",
    "business-and-finance_debt-and-loans",
    "news-and-politics",
    "news-and-politics_left-leaning",
    "news-and-politics_local-elections",
    "healthy-living_meditation",
    "healthy-living_weight-management",
    "health-and-medical-services_mental-health",
    "health-and-medical-services_physiotherapy",
    "pharmaceuticals-conditions-and-symptoms_sleep-disorders",
    "pharmaceuticals-conditions-and-symptoms_allergies",
    "pharmaceuticals-conditions-and-symptoms_anxiety",
    "religion-and-spirituality",
    "religion-and-spirituality_christian-holidays",
    "family-and-relationships_parenting",
    "family-and-relationships_dating",
    "food-and-drink_cooking",
    "food-and-drink_vegetarian",
    "food-and-drink_alcohol",
    "home-and-garden_houseplants",
    "pets_dogs",
    "style-and-fashion_sneakers",
    "technology-and-computing_open-source",
    "technology-and-computing_home-automation",
    "travel_rail",
    "travel_city-breaks",
    "video-gaming_puzzle",
    "hobbies_board-games",
    "hobbies_knitting",
    "automotive_electric",
    "events_festivals",
    "books-and-literature_crime",
    "television_drama",
    "real-estate_first-time-buyers",
];

const CONTENT: &[&str] = &[
    "content_music_indie",
    "content_music_jazz",
    "content_music_ambient",
    "content_music_children",
    "content_music_turkish",
    "content_music_german-pop",
    "content_podcasts_history",
    "content_podcasts_true-crime",
    "content_podcasts_comedy",
    "content_podcasts_parenting",
    "content_podcasts_health [Insights Only]",
    "content_audiobooks_fiction",
    "podcast-audience-segmentation-rules-two-shows-a-week",
    "podcast-audience-segmentation-rules-finishes-episodes",
    "Interest | Music | Folk | Nordic Folk(1P)",
    "Interest | Podcasts | Sleep | Sounds(1P)",
    "Interest | Shopping | Furniture | Second-hand(3P)",
    "Interest | Music | Pop | Pop(1P)",
];

const TRAITS: &[&str] = &[
    "demographic_age_35-39",
    "demographic_male",
    "demographic_driver",
    "demographic_parent",
    "Tech Savvy Urbanites",
    "Light Radio Listener",
    "[Test] holdout group B",
    "PMR TEST - autumn 14",
    "TEST_audio_companion",
    "Rainy Day Mood",
];

/// The labels in a mixed order; the last is the first once more, as an exact copy.
pub(crate) fn labels(seed: u64) -> Vec<String> {
    let mut rng = rng(seed, "inferences", 0);
    let mut labels: Vec<String> =
        [OWN, ADVERTISERS, CONTENT, TRAITS].into_iter().flatten().map(|label| (*label).to_owned()).collect();
    labels.extend(INTERESTS.iter().map(|area| format!("interest_{area}")));
    for (i, subject) in OUTSIDE.iter().enumerate() {
        let custom = if i % 3 == 0 { "" } else { "Custom_" };
        labels.push(format!("3P_{custom}{subject}_{}", pick(&mut rng, &["NL", "NL", "NL", "DE", "UK"])));
    }
    // Audiences that have only a number: zeros in front, so that it is nobody's.
    labels.extend((1..=5).map(|n| format!("00000000-0000-4000-8000-{:08x}{n:04x}", rng.u32(..))));
    rng.shuffle(&mut labels);
    labels.push(labels[0].clone());
    labels
}
