//! Topic names and filters: validity and matching (MQTT 3.1.1 section 4.7, MQTT 5 sections 4.7, 4.8.2).

/// Why a topic name or filter is not legal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TopicError {
    #[error("it is empty")]
    Empty,
    #[error("it is longer than 65,535 bytes")]
    TooLong,
    #[error("it contains a null character")]
    Null,
    #[error("a topic to publish to cannot contain + or #")]
    Wildcard,
    #[error("# must be the last level and stand alone in it")]
    Hash,
    #[error("+ must stand alone in its level")]
    Plus,
    #[error("a shared subscription is $share/NAME/FILTER, and NAME has no + or #")]
    Share,
}

fn common(text: &str) -> Result<(), TopicError> {
    if text.is_empty() {
        return Err(TopicError::Empty);
    }
    if text.len() > 65_535 {
        return Err(TopicError::TooLong);
    }
    if text.contains('\0') {
        return Err(TopicError::Null);
    }
    Ok(())
}

/// Whether a message can be published to `topic`.
pub fn validate_name(topic: &str) -> Result<(), TopicError> {
    common(topic)?;
    if topic.contains(['+', '#']) {
        return Err(TopicError::Wildcard);
    }
    Ok(())
}

/// Whether `filter` can be subscribed to; shared subscriptions included.
pub fn validate_filter(filter: &str) -> Result<(), TopicError> {
    common(filter)?;
    let levels = match filter.strip_prefix("$share/") {
        None => filter,
        Some(shared) => {
            let (name, rest) = shared.split_once('/').ok_or(TopicError::Share)?;
            if name.is_empty() || name.contains(['+', '#']) || rest.is_empty() {
                return Err(TopicError::Share);
            }
            rest
        }
    };
    let mut levels = levels.split('/').peekable();
    while let Some(level) = levels.next() {
        if level.contains('#') && (level != "#" || levels.peek().is_some()) {
            return Err(TopicError::Hash);
        }
        if level.contains('+') && level != "+" {
            return Err(TopicError::Plus);
        }
    }
    Ok(())
}

/// Whether `topic` falls under `filter`. Both must be legal; a `$share/NAME/` prefix is looked through.
pub fn matches(filter: &str, topic: &str) -> bool {
    let filter = match filter.strip_prefix("$share/").and_then(|shared| shared.split_once('/')) {
        Some((_, rest)) => rest,
        None => filter,
    };
    // Topics of the server ($SYS …) are not covered by a leading wildcard.
    if topic.starts_with('$') && filter.starts_with(['+', '#']) {
        return false;
    }
    let mut topic_levels = topic.split('/');
    for level in filter.split('/') {
        match (level, topic_levels.next()) {
            ("#", _) => return true,
            ("+", Some(_)) => {}
            (expected, Some(actual)) if expected == actual => {}
            _ => return false,
        }
    }
    topic_levels.next().is_none()
}
