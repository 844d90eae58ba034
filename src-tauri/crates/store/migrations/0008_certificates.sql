PRAGMA user_version = 8;

-- Certificates of one's own: CAs, and those of devices. facts: all that one says, as JSON; pem: its chain, itself first.
-- revoked: since when and why, as JSON. replaced_by: the SHA-256 of the one that took its place. revocation_list: number
-- of the latest list of a CA. deleted_at as for hubs. Keys are rows of secrets: certificate/<sha256>/private_key.
CREATE TABLE certificates (
    sha256          TEXT PRIMARY KEY,
    position        INTEGER NOT NULL,
    authority       INTEGER NOT NULL CHECK (authority IN (0, 1)),
    facts           TEXT NOT NULL,
    pem             TEXT NOT NULL,
    revoked         TEXT,
    replaced_by     TEXT,
    revocation_list INTEGER NOT NULL DEFAULT 0,
    deleted_at      INTEGER
) STRICT;
CREATE INDEX certificates_by_position ON certificates (position);

-- Requests whose certificate is still to come. Keys: request/<id>/private_key.
CREATE TABLE certificate_requests (
    id          TEXT PRIMARY KEY,
    position    INTEGER NOT NULL,
    common_name TEXT NOT NULL,
    key         TEXT NOT NULL,
    pem         TEXT NOT NULL,
    created     INTEGER NOT NULL,
    deleted_at  INTEGER
) STRICT;

-- What the user noted of the proof that a CA's key is here.
CREATE TABLE possessions (
    authority TEXT NOT NULL REFERENCES certificates (sha256) ON DELETE CASCADE,
    hub       TEXT NOT NULL REFERENCES hubs (id) ON DELETE CASCADE,
    state     TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (authority, hub)
) STRICT;
CREATE INDEX possessions_by_hub ON possessions (hub);

-- What was done with a certificate, as JSON; id orders.
CREATE TABLE certificate_events (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    certificate TEXT NOT NULL REFERENCES certificates (sha256) ON DELETE CASCADE,
    json        TEXT NOT NULL
) STRICT;
CREATE INDEX certificate_events_by_certificate ON certificate_events (certificate, id);
