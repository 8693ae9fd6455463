//! The markup as a tree, read by a parser that knows nothing of how it was made.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

#[derive(Default)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    /// Text of its own.
    own: String,
}

impl Node {
    /// Reads one element; anything not well formed fails the test.
    pub(super) fn read(markup: &str) -> Node {
        let mut reader = Reader::from_str(markup);
        reader.config_mut().check_end_names = true;
        let mut open = vec![Node::default()];
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{error}: {markup}")) {
                Event::Start(tag) => open.push(Node::of(&tag)),
                Event::Empty(tag) => push(&mut open, Node::of(&tag)),
                Event::End(_) => {
                    let node = open.pop().expect("a node");
                    push(&mut open, node);
                }
                Event::Text(text) => last(&mut open).own += &text[..],
                Event::GeneralRef(sign) => {
                    let sign = format!("&{};", &sign[..]);
                    last(&mut open).own += &quick_xml::escape::unescape(&sign).expect("a sign");
                }
                Event::Eof => break,
                other @ (Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)) => panic!("{other:?}"),
            }
        }
        assert_eq!(open.len(), 1, "an element is not closed: {markup}");
        let mut roots = open.pop().expect("the root").children;
        assert_eq!(roots.len(), 1, "not one element: {markup}");
        roots.pop().expect("one element")
    }

    fn of(tag: &BytesStart<'_>) -> Node {
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.expect("an attribute");
            let value =
                quick_xml::escape::unescape(&attribute.value).expect("a value").into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        let attributes = attributes.collect();
        let name = tag.name().as_ref().to_owned();
        Node { name, attributes, ..Node::default() }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn number(&self, name: &str) -> f64 {
        let text = self.attribute(name).unwrap_or_else(|| panic!("no {name}"));
        text.trim_end_matches(['%', 'e', 'm']).parse().expect(text)
    }

    pub(super) fn walk(&self, see: &mut dyn FnMut(&Node)) {
        see(self);
        self.children.iter().for_each(|child| child.walk(see));
    }

    pub(super) fn all(&self, is: &dyn Fn(&Node) -> bool) -> Vec<&Node> {
        let inside = self.children.iter().flat_map(|child| child.all(is));
        is(self).then_some(self).into_iter().chain(inside).collect()
    }

    pub(super) fn class(&self, class: &str) -> Vec<&Node> {
        self.all(&|node| node.attribute("class") == Some(class))
    }

    pub(super) fn named(&self, name: &str) -> Vec<&Node> {
        self.all(&|node| node.name == name)
    }

    /// All text within, titles left out.
    pub(super) fn text(&self) -> String {
        let inside = self.children.iter().filter(|child| child.name != "title").map(Node::text);
        self.own.clone() + &inside.collect::<String>()
    }
}

fn last(open: &mut [Node]) -> &mut Node {
    open.last_mut().expect("an open node")
}

fn push(open: &mut [Node], node: Node) {
    last(open).children.push(node);
}
