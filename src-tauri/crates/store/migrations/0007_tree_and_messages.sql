PRAGMA user_version = 7;

-- Folders of hubs (hub NULL), or of the devices of one hub. What lies in a deleted folder shows one level up, so that
-- the folder comes back with what it had.
CREATE TABLE folders (
    id         TEXT PRIMARY KEY,
    position   INTEGER NOT NULL,
    hub        TEXT REFERENCES hubs (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX folders_by_hub ON folders (hub);
ALTER TABLE hubs ADD COLUMN folder TEXT REFERENCES folders (id) ON DELETE SET NULL;
ALTER TABLE devices ADD COLUMN folder TEXT REFERENCES folders (id) ON DELETE SET NULL;
CREATE INDEX hubs_by_folder ON hubs (folder);
CREATE INDEX devices_by_folder ON devices (folder);

-- Ids of the hubs and folders that are folded in the tree.
CREATE TABLE folded (
    item TEXT PRIMARY KEY
) STRICT;

ALTER TABLE subscriptions ADD COLUMN deleted_at INTEGER;

-- What was published, as JSON; id orders. The payload is in the JSON as far as it is kept. cleared: the number of the
-- clear that hid the row, until it is undone or the workspace is opened again.
CREATE TABLE publishes (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    device  TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    json    TEXT NOT NULL,
    cleared INTEGER
) STRICT;
CREATE INDEX publishes_by_device ON publishes (device, id);

-- Messages that the user saved to publish again, as JSON.
CREATE TABLE saved_messages (
    id         TEXT PRIMARY KEY,
    position   INTEGER NOT NULL,
    device     TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    json       TEXT NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX saved_messages_by_device ON saved_messages (device);

-- Unfinished forms and messages, as the page wrote them: JSON without secrets. changed orders.
CREATE TABLE drafts (
    key     TEXT PRIMARY KEY,
    json    TEXT NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
