//! Reads the data files of the editions into the tree of [`model`](super::model).

use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use super::model::{
    CheckBox, Choice, Contains, Fold, Head, Kind, Node, NodeIx, Otherwise, Presence, Repeat, When,
};
use super::{Form, Index};

#[derive(Deserialize)]
struct FormFile {
    form: Head,
    option_sets: IndexMap<String, Vec<OptionData>>,
    check_sets: IndexMap<String, Vec<CheckData>>,
    #[serde(default)]
    ref_folds: Vec<Fold>,
    #[serde(default)]
    negative_options: Vec<String>,
    #[serde(default)]
    roles: IndexMap<String, String>,
    sections: Vec<NodeData>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OptionData {
    Label(String),
    WithAliases { label: String, aliases: Vec<String> },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum CheckData {
    Group { group: String, items: Vec<BoxData> },
    Box(BoxData),
}

#[derive(Deserialize)]
struct BoxData {
    key: String,
    label: String,
    #[serde(default)]
    text: bool,
    #[serde(default)]
    count: Option<String>,
    #[serde(default)]
    exclusive: bool,
}

#[derive(Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of its own in the data files")]
struct NodeData {
    id: String,
    r#ref: String,
    label: String,
    r#type: Kind,
    #[serde(default)]
    mark: Option<String>,
    #[serde(default)]
    label_suffix: Option<String>,
    #[serde(default)]
    synthetic_label: bool,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    option_set: Option<String>,
    #[serde(default)]
    check_set: Option<String>,
    #[serde(default)]
    kome: bool,
    #[serde(default)]
    kome_text: Option<String>,
    #[serde(default)]
    important: bool,
    #[serde(default)]
    presence: Option<Presence>,
    #[serde(default)]
    when: Option<When>,
    #[serde(default)]
    items_when: Option<When>,
    #[serde(default)]
    otherwise: Option<Otherwise>,
    #[serde(default)]
    repeat: Option<Repeat>,
    #[serde(default)]
    list: bool,
    #[serde(default)]
    precision: Vec<String>,
    #[serde(default)]
    risk_titles: Vec<String>,
    #[serde(default)]
    fixed_text: Option<String>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    must_equal_entries_of: Option<String>,
    #[serde(default)]
    printed: Option<String>,
    #[serde(default)]
    contains: Option<Contains>,
    #[serde(default)]
    same_as: IndexMap<String, String>,
    #[serde(default)]
    flags: Vec<NodeData>,
    #[serde(default)]
    items: Vec<NodeData>,
}

/// Builds a form from the text of its data file.
///
/// The files are part of the program, so a fault in one is a fault of the program; the tests load them all.
pub(super) fn form(text: &str) -> Result<Form, String> {
    let file: FormFile = serde_saphyr::from_str(text).map_err(|e| e.to_string())?;
    let mut nodes = Vec::new();
    let mut sections = Vec::new();
    for section in file.sections {
        sections.push(add(&mut nodes, section, None, 0));
    }
    let option_sets =
        file.option_sets.into_iter().map(|(k, v)| (k, v.into_iter().map(choice).collect())).collect();
    let check_sets = file.check_sets.into_iter().map(|(k, v)| (k, boxes(v))).collect();
    let index = Index::new(&nodes, &sections);
    let roles = file
        .roles
        .into_iter()
        .map(|(role, id)| match index.by_id.get(&id) {
            Some(ix) => Ok((role, *ix)),
            None => Err(format!("role {role}: there is no item {id}")),
        })
        .collect::<Result<_, String>>()?;
    Ok(Form {
        head: file.form,
        nodes,
        sections,
        option_sets,
        check_sets,
        folds: file.ref_folds,
        negative_options: file.negative_options,
        roles,
        index,
        lexicon: OnceLock::new(),
    })
}

fn add(nodes: &mut Vec<Node>, data: NodeData, parent: Option<NodeIx>, depth: usize) -> NodeIx {
    let ix = NodeIx(u16::try_from(nodes.len()).unwrap_or(u16::MAX));
    nodes.push(Node {
        ix,
        parent,
        children: Vec::new(),
        depth,
        id: data.id,
        reference: data.r#ref,
        mark: data.mark.map(|m| m.replace("{n}", "")),
        label: data.label,
        label_suffix: data.label_suffix,
        synthetic_label: data.synthetic_label,
        aliases: data.aliases,
        kind: data.r#type,
        option_set: data.option_set,
        check_set: data.check_set,
        kome: data.kome,
        kome_text: data.kome_text,
        important: data.important,
        presence: data.presence.unwrap_or(Presence::Optional),
        when: data.when,
        items_when: data.items_when,
        otherwise: data.otherwise.unwrap_or(Otherwise::Blank),
        repeat: data.repeat,
        list: data.list,
        month_allowed: data.precision.iter().any(|p| p == "month"),
        risk_titles: data.risk_titles,
        fixed_text: data.fixed_text,
        unit: data.unit,
        must_equal_entries_of: data.must_equal_entries_of,
        printed: data.printed,
        contains: data.contains,
        same_as: data.same_as,
    });
    let children = data
        .flags
        .into_iter()
        .chain(data.items)
        .map(|child| add(nodes, child, Some(ix), depth + 1))
        .collect();
    nodes[ix.position()].children = children;
    ix
}

fn choice(data: OptionData) -> Choice {
    match data {
        OptionData::Label(label) => Choice::new(label, Vec::new()),
        OptionData::WithAliases { label, aliases } => Choice::new(label, aliases),
    }
}

fn boxes(data: Vec<CheckData>) -> Vec<CheckBox> {
    let mut all = Vec::new();
    for entry in data {
        match entry {
            CheckData::Group { group, items } => {
                all.extend(items.into_iter().map(|b| check_box(b, Some(group.clone()))));
            }
            CheckData::Box(b) => all.push(check_box(b, None)),
        }
    }
    all
}

fn check_box(data: BoxData, group: Option<String>) -> CheckBox {
    CheckBox {
        key: data.key,
        label: data.label,
        group,
        text: data.text,
        count: data.count,
        exclusive: data.exclusive,
    }
}
