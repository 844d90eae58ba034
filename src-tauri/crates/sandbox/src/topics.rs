//! Which topic names and topic filters are valid (MQTT 5 section 4.7, the same rules as MQTT 3.1.1 section 4.7).

/// Levels of a name or a filter that the sandbox accepts. The protocol has no such limit; hubs do.
const LEVELS: usize = 128;

/// Checks the topic of a PUBLISH: at least one character, no wildcard, no U+0000.
pub(crate) fn is_topic_name(name: &str) -> bool {
    is_text(name) && !name.contains(['+', '#'])
}

/// A filter of a SUBSCRIBE, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Filter<'a> {
    /// The share name of a shared subscription, `$share/{name}/{topics}` (MQTT 5 section 4.8.2). Brokers give it to
    /// MQTT 3.1.1 clients too, for which the specification has no rule.
    pub group: Option<&'a str>,
    /// Which topics it matches.
    pub topics: &'a str,
}

impl<'a> Filter<'a> {
    /// Reads a filter; None if it is not valid.
    pub fn read(text: &'a str) -> Option<Self> {
        let Some(shared) = text.strip_prefix("$share/") else {
            return is_filter(text).then_some(Self { group: None, topics: text });
        };
        // At least one character, none of them `/`, `+` or `#`, and a filter behind it [MQTT-4.8.2-1, 4.8.2-2].
        let (name, topics) = shared.split_once('/')?;
        let valid = !name.is_empty() && !name.contains(['+', '#']) && is_filter(topics);
        valid.then_some(Self { group: Some(name), topics })
    }
}

/// `#` only last and alone in its level, `+` alone in its level [MQTT-4.7.1-1, 4.7.1-2].
fn is_filter(filter: &str) -> bool {
    let last = filter.split('/').count() - 1;
    is_text(filter)
        && filter.split('/').enumerate().all(|(i, level)| match level {
            "+" => true,
            "#" => i == last,
            _ => !level.contains(['+', '#']),
        })
}

/// Whether a valid filter matches a valid name. A name that begins with `$` is not matched by a filter that begins
/// with a wildcard [MQTT-4.7.2-1].
pub(crate) fn matches(filter: &str, name: &str) -> bool {
    if name.starts_with('$') && filter.starts_with(['+', '#']) {
        return false;
    }
    let mut names = name.split('/');
    for level in filter.split('/') {
        if level == "#" {
            return true;
        }
        match names.next() {
            Some(part) if level == "+" || level == part => {}
            _ => return false,
        }
    }
    names.next().is_none()
}

fn is_text(text: &str) -> bool {
    !text.is_empty() && text.len() <= 65_535 && !text.contains('\0') && text.split('/').count() <= LEVELS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::Vectors;

    #[test]
    fn filters_and_names_are_judged_as_the_vectors_say() {
        let vectors = Vectors::load();
        for case in vectors.rows("filter_validity") {
            let filter = case["filter"].as_str().unwrap();
            let read = Filter::read(filter);
            assert_eq!(read.is_some(), case["valid"] == true, "{filter:?}");
            let shared = read.is_some_and(|read| read.group.is_some());
            assert_eq!(shared, case["valid"] == true && filter.starts_with("$share/"), "{filter:?}");
        }
        for case in vectors.rows("topic_name_validity") {
            let topic = case["topic"].as_str().unwrap();
            assert_eq!(is_topic_name(topic), case["valid"] == true, "{topic:?}");
        }
    }

    #[test]
    fn matching_follows_the_vectors() {
        for case in Vectors::load().rows("topic_match") {
            let (filter, topic) = (case["filter"].as_str().unwrap(), case["topic"].as_str().unwrap());
            assert_eq!(matches(filter, topic), case["expected"] == true, "{filter:?} {topic:?}");
        }
    }

    #[test]
    fn length_and_depth_are_bounded() {
        assert!(is_topic_name(&"a".repeat(65_535)));
        assert!(!is_topic_name(&"a".repeat(65_536)));
        assert!(Filter::read(&vec!["+"; LEVELS].join("/")).is_some());
        assert_eq!(Filter::read(&vec!["+"; LEVELS + 1].join("/")), None);
        assert_eq!(Filter::read("$share/g/a/+"), Some(Filter { group: Some("g"), topics: "a/+" }));
    }
}
