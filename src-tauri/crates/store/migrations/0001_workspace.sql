-- "HUBS" in ASCII: tells a workspace from any other SQLite file.
PRAGMA application_id = 0x48554253;
-- The number of this migration. A program that knows fewer leaves the file alone.
PRAGMA user_version = 1;

CREATE TABLE workspace (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    id       TEXT NOT NULL
) STRICT;

-- deleted_at: Unix seconds. A deleted row can come back until the workspace is opened again.
CREATE TABLE hubs (
    id           TEXT PRIMARY KEY,
    position     INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    name         TEXT NOT NULL,
    host         TEXT NOT NULL,
    port         INTEGER NOT NULL CHECK (port BETWEEN 0 AND 65535),
    tls          INTEGER NOT NULL CHECK (tls IN (0, 1)),
    ca_file_name TEXT,
    ca_subject   TEXT,
    ca_not_after INTEGER,
    ca_pem       TEXT,
    deleted_at   INTEGER
) STRICT;

-- A device of a deleted hub counts as deleted without a mark of its own, so that the hub comes back
-- with exactly the devices it had.
CREATE TABLE devices (
    id              TEXT PRIMARY KEY,
    position        INTEGER NOT NULL,
    hub             TEXT NOT NULL REFERENCES hubs (id) ON DELETE CASCADE,
    name            TEXT NOT NULL,
    client_id       TEXT NOT NULL,
    credential      TEXT NOT NULL,
    user_name       TEXT,
    mqtt_version    TEXT NOT NULL,
    clean_session   INTEGER NOT NULL CHECK (clean_session IN (0, 1)),
    keep_alive      INTEGER NOT NULL CHECK (keep_alive BETWEEN 0 AND 65535),
    max_packet_size INTEGER NOT NULL CHECK (max_packet_size BETWEEN 0 AND 4294967295),
    deleted_at      INTEGER
) STRICT;
CREATE INDEX devices_by_hub ON devices (hub);

CREATE TABLE subscriptions (
    id       TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    device   TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    filter   TEXT NOT NULL,
    qos      INTEGER NOT NULL CHECK (qos BETWEEN 0 AND 2),
    colour   INTEGER NOT NULL CHECK (colour BETWEEN 1 AND 8),
    alias    TEXT,
    enabled  INTEGER NOT NULL CHECK (enabled IN (0, 1))
) STRICT;
CREATE INDEX subscriptions_by_device ON subscriptions (device);

-- Sealed by the vault. row is `<thing>/<id>/<field>`, so that what belongs to a thing can be found.
CREATE TABLE secrets (
    row    TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE settings (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    json     TEXT NOT NULL
) STRICT;
