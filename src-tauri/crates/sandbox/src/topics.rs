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
