//! JSON objects that keep the order of their keys, as the services write them (`serde_json::Value` sorts them).

use serde::{Serialize, Serializer, ser::SerializeMap};

/// A JSON value.
#[derive(Clone)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(u64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
}

/// `object! { "a": x, "b": y }`.
macro_rules! object {
    ($($key:literal : $value:expr),+ $(,)?) => {
        $crate::json::Json::Object(vec![$(($key, $crate::json::Json::from($value))),+])
    };
}
pub(crate) use object;

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(v) => serializer.serialize_bool(*v),
            Json::Number(v) => serializer.serialize_u64(*v),
            Json::Text(v) => serializer.serialize_str(v),
            Json::List(v) => serializer.collect_seq(v),
            Json::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl From<()> for Json {
    fn from((): ()) -> Self {
        Json::Null
    }
}

impl From<bool> for Json {
    fn from(v: bool) -> Self {
        Json::Bool(v)
    }
}

impl From<u32> for Json {
    fn from(v: u32) -> Self {
        Json::Number(u64::from(v))
    }
}

impl From<&str> for Json {
    fn from(v: &str) -> Self {
        Json::Text(v.to_owned())
    }
}

impl From<&String> for Json {
    fn from(v: &String) -> Self {
        Json::Text(v.clone())
    }
}

impl From<String> for Json {
    fn from(v: String) -> Self {
        Json::Text(v)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(v: Vec<T>) -> Self {
        Json::List(v.into_iter().map(Into::into).collect())
    }
}
