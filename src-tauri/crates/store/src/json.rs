//! Columns that hold JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;

/// The text of a column.
pub(crate) fn write<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Damaged(format!("this cannot be stored: {e}")))
}

/// Reads a column; `what` names it in the error, which holds no part of its content.
pub(crate) fn read<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, StoreError> {
    serde_json::from_str(text)
        .map_err(|e| StoreError::Damaged(format!("the {what} cannot be read (column {})", e.column())))
}
