//! Which item of one edition is which of another.

use std::collections::BTreeMap;

use crate::form::{Form, Node, NodeIx, fold};

/// The items of an older edition and those of a newer one.
pub(crate) struct NodeMap {
    to_after: Vec<Option<NodeIx>>,
}

impl NodeMap {
    /// Matches the nodes of two editions: by role, because rules may ask both for it; by id, which is never given to something
    /// else; and by label or alias beneath the same heading.
    pub(crate) fn between(before: &Form, after: &Form) -> Self {
        if std::ptr::eq(before, after) {
            return Self { to_after: before.nodes().iter().map(|node| Some(node.ix)).collect() };
        }
        let mut builder = Builder {
            before,
            after,
            to_after: vec![None; before.nodes().len()],
            is_taken: vec![false; after.nodes().len()],
        };
        builder.by_role();
        builder.by_id();
        builder.by_label();
        Self { to_after: builder.to_after }
    }

    /// What a node of the older edition is in the newer one.
    pub(crate) fn after(&self, node: NodeIx) -> Option<NodeIx> {
        self.to_after.get(node.position()).copied().flatten()
    }
}

struct Builder<'f> {
    before: &'f Form,
    after: &'f Form,
    to_after: Vec<Option<NodeIx>>,
    is_taken: Vec<bool>,
}

impl Builder<'_> {
    fn by_role(&mut self) {
        for node in self.before.nodes() {
            let twin = self.before.roles_of(node.ix).find_map(|role| self.after.role(role));
            self.link(node, twin);
        }
    }

    fn by_id(&mut self) {
        let is_one_form = self.before.kind() == self.after.kind();
        for node in self.before.nodes() {
            let twin = self.after.by_id(&node.id);
            // A heading is numbered anew when another is put before it, and another form may use the id for something else.
            let is_sure = |twin: &&Node| node.is_item() && is_one_form || shares_name(node, twin);
            self.link(node, twin.filter(is_sure));
        }
    }

    /// Where the same name stands once below the same heading in both.
    fn by_label(&mut self) {
        let places = |form: &Form, is_free: &dyn Fn(&Node) -> bool| {
            let mut places: BTreeMap<(String, String), Vec<NodeIx>> = BTreeMap::new();
            for node in form.nodes().iter().filter(|node| is_free(node)) {
                let heading = node.parent.map(|parent| fold(&form.node(parent).label)).unwrap_or_default();
                for name in names(node) {
                    places.entry((heading.clone(), name)).or_default().push(node.ix);
                }
            }
            places
        };
        let old = places(self.before, &|node| self.to_after[node.ix.position()].is_none());
        let new = places(self.after, &|node| !self.is_taken[node.ix.position()]);
        for (place, nodes) in old {
            if let ([node], Some([twin])) = (nodes.as_slice(), new.get(&place).map(Vec::as_slice)) {
                self.link(self.before.node(*node), Some(self.after.node(*twin)));
            }
        }
    }

    fn link(&mut self, node: &Node, twin: Option<&Node>) {
        let Some(twin) = twin.filter(|twin| !self.is_taken[twin.ix.position()]) else { return };
        let is_alike = node.kind == twin.kind
            && node.is_per_file() == twin.is_per_file()
            && self.before.repeat_depth(node.ix) == self.after.repeat_depth(twin.ix);
        let place = &mut self.to_after[node.ix.position()];
        if is_alike && place.is_none() {
            *place = Some(twin.ix);
            self.is_taken[twin.ix.position()] = true;
        }
    }
}

fn shares_name(one: &Node, other: &Node) -> bool {
    let others = names(other);
    names(one).iter().any(|name| others.contains(name))
}

fn names(node: &Node) -> Vec<String> {
    std::iter::once(&node.label).chain(&node.aliases).map(|name| fold(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twin(before: &str, after: &str, id: &str) -> Option<String> {
        let (before, after) = (Form::with_id(before).unwrap(), Form::with_id(after).unwrap());
        let map = NodeMap::between(before, after);
        map.after(before.by_id(id).unwrap().ix).map(|ix| after.node(ix).id.clone())
    }

    #[test]
    fn an_item_that_got_another_number_is_the_same_item() {
        let newer = |id| twin("kiso-h31-01", "kiso-r06-10", id);
        assert_eq!(newer("iv.8.audit").as_deref(), Some("iv.9.audit"));
        assert_eq!(newer("iv.9.training").as_deref(), Some("iv.10.training"));
        assert_eq!(newer("iv.8").as_deref(), Some("iv.9"));
        assert_eq!(newer("i.1.summary").as_deref(), Some("i.1.summary"));
        let older = |id| twin("kiso-r06-10", "kiso-h31-01", id);
        assert_eq!(older("iv.9.audit").as_deref(), Some("iv.8.audit"));
        assert_eq!(older("iv.8.none"), None);
        assert_eq!(older("i.9.reason"), None);
    }

    #[test]
    fn every_item_of_the_older_edition_that_the_newer_one_asks_for_has_its_twin() {
        let (before, after) = (Form::with_id("kiso-h31-01").unwrap(), Form::with_id("kiso-r06-10").unwrap());
        let map = NodeMap::between(before, after);
        let lost: Vec<_> =
            before.nodes().iter().filter(|n| map.after(n.ix).is_none()).map(|n| &n.id).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}
