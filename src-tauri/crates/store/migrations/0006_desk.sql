PRAGMA user_version = 6;

-- What lay open when the first window was last used: it is no setting and is not exported.
CREATE TABLE desk (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    json     TEXT NOT NULL
) STRICT;
