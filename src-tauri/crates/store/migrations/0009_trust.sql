PRAGMA user_version = 9;

-- Whom the hub's server is trusted by, as JSON; the certificates are in ca_pem. NULL: a version before this one stored
-- the hub, and ca_file_name and ca_pem are its own CAs alone.
ALTER TABLE hubs ADD COLUMN trust TEXT;

-- Runs of "Diagnose", as JSON without secrets; id orders.
CREATE TABLE diagnoses (
    id     TEXT PRIMARY KEY,
    device TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    json   TEXT NOT NULL
) STRICT;
CREATE INDEX diagnoses_by_device ON diagnoses (device, id);
