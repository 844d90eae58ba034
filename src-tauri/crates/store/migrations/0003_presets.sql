PRAGMA user_version = 3;

-- Endpoints that the user saved to start hub forms from, as JSON. deleted_at as for hubs.
CREATE TABLE presets (
    id         TEXT PRIMARY KEY,
    position   INTEGER NOT NULL,
    json       TEXT NOT NULL,
    ca_pem     TEXT,
    deleted_at INTEGER
) STRICT;
