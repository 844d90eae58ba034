PRAGMA user_version = 2;

-- details: what only some kinds of hub have, as JSON. sandbox: the embedded hub, whatever kind it plays.
ALTER TABLE hubs ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
ALTER TABLE hubs ADD COLUMN sandbox INTEGER NOT NULL DEFAULT 0 CHECK (sandbox IN (0, 1));
UPDATE hubs SET sandbox = 1 WHERE kind = 'sandbox';

-- The credential is JSON from here on; its user name moves into it.
UPDATE devices SET credential = CASE credential
    WHEN 'basic' THEN json_object('kind', 'basic', 'user_name', coalesce(user_name, ''))
    ELSE json_object('kind', credential)
END;
ALTER TABLE devices DROP COLUMN user_name;
-- certificate: what is shown of a client certificate, as JSON; certificate_pem: its chain, the leaf first.
ALTER TABLE devices ADD COLUMN certificate TEXT;
ALTER TABLE devices ADD COLUMN certificate_pem TEXT;
-- Unix seconds; NULL where it was stored before this was noted.
ALTER TABLE devices ADD COLUMN credential_set INTEGER;

-- What was seen of a device's credential, as JSON; id orders.
CREATE TABLE token_events (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    device TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    json   TEXT NOT NULL
) STRICT;
CREATE INDEX token_events_by_device ON token_events (device, id);

-- A row only while a passphrase guards the data key: the wrapped key with its parameters, as JSON.
CREATE TABLE vault (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    header   TEXT NOT NULL
) STRICT;
