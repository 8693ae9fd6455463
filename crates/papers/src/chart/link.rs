/// Whether an address stays on this site. Anything else, a script above all, is not made a link:
/// the label stands there without one.
pub(super) fn is_local(href: &str) -> bool {
    let path = href.split(['/', '?', '#']).next().unwrap_or("");
    let is_plain = !href.contains('\\') && !href.chars().any(char::is_control);
    is_plain && !href.starts_with("//") && !path.contains(':') && !href.starts_with(' ')
}
