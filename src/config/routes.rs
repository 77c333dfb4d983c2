//! Where the posts of a folder are shown, as it is written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::Config;
use crate::diagnostic::Notice;
use crate::site::address::Route;
use crate::spanned::{Error, Node};

/// Routes by folder.
#[derive(Clone, Debug, Default)]
pub struct Routes(pub Vec<Route>);

impl<'de> Deserialize<'de> for Routes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = BTreeMap::<Folder, Address>::deserialize(deserializer)?;
        let route =
            |(folder, address): (&Folder, &Address)| Route::new(&folder.0, &address.0).map_err(D::Error::custom);
        written.iter().map(route).collect::<Result<_, _>>().map(Routes)
    }
}

impl JsonSchema for Routes {
    fn schema_name() -> Cow<'static, str> {
        "Routes".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let address = json_schema!({ "type": "string", "pattern": "^/.*\\{id\\}" });
        json_schema!({ "type": "object", "additionalProperties": address })
    }

    fn inline_schema() -> bool {
        true
    }
}

/// A folder of posts.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Folder(String);

impl<'de> Deserialize<'de> for Folder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let folder = String::deserialize(deserializer)?;
        if folder.starts_with('/') || folder.split('/').any(|part| part == "..") {
            return Err(D::Error::custom(format!("the folder `{folder}` leaves the site root")));
        }
        Ok(Folder(folder))
    }
}

/// The address of its posts.
struct Address(String);

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let address = String::deserialize(deserializer)?;
        Route::new("", &address).map_err(D::Error::custom)?;
        Ok(Address(address))
    }
}

/// The mistakes that only the files of the site show: a folder that is not there.
pub(super) fn missing(config: &Config, tree: &Node, root: &Path) -> Vec<Notice> {
    let written = tree.get("routes").map_or(&[][..], Node::entries);
    let is_missing = |folder: &str| !root.join(folder).is_dir();
    let missing = written.iter().filter_map(|(key, _)| Some((key.as_str().filter(|folder| is_missing(folder))?, key)));
    let notice = |(folder, key): (&str, &Node)| {
        config.notice(Error {
            message: format!("there is no folder `{folder}`"),
            help: Some("a route begins with a folder of posts, relative to the folder of this file".to_owned()),
            span: key.span,
            layer: key.layer,
        })
    };
    missing.map(notice).collect()
}
