//! Which topic names and topic filters are valid (MQTT 5 section 4.7, the same rules as MQTT 3.1.1 section 4.7).

/// Levels of a name or a filter that the sandbox accepts. The protocol has no such limit; hubs do.
const LEVELS: usize = 128;

/// Why a filter was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilterProblem {
    Invalid,
    /// `$share/…`, which the sandbox does not offer.
    Shared,
}

/// Checks the topic of a PUBLISH: at least one character, no wildcard, no U+0000.
pub(crate) fn is_topic_name(name: &str) -> bool {
    is_text(name) && !name.contains(['+', '#'])
}

/// Checks the filter of a SUBSCRIBE: `#` only last and alone in its level, `+` alone in its level.
pub(crate) fn check_filter(filter: &str) -> Result<(), FilterProblem> {
    if filter == "$share" || filter.starts_with("$share/") {
        return Err(FilterProblem::Shared);
    }
    if !is_text(filter) {
        return Err(FilterProblem::Invalid);
    }
    let last = filter.split('/').count() - 1;
    let valid = filter.split('/').enumerate().all(|(i, level)| match level {
        "+" => true,
        "#" => i == last,
        _ => !level.contains(['+', '#']),
    });
    if valid { Ok(()) } else { Err(FilterProblem::Invalid) }
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
            let shared = filter.starts_with("$share/");
            let expected = case["valid"] == true && !shared;
            assert_eq!(check_filter(filter).is_ok(), expected, "{filter:?}");
            assert_eq!(check_filter(filter) == Err(FilterProblem::Shared), shared, "{filter:?}");
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
        assert!(check_filter(&vec!["+"; LEVELS].join("/")).is_ok());
        assert_eq!(check_filter(&vec!["+"; LEVELS + 1].join("/")), Err(FilterProblem::Invalid));
    }
}
