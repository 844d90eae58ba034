PRAGMA user_version = 4;

-- transport: mqtt, mqtts, ws, wss or unix. connection: how the server is reached besides, as JSON.
ALTER TABLE hubs ADD COLUMN transport TEXT NOT NULL DEFAULT 'mqtts';
UPDATE hubs SET transport = CASE tls WHEN 1 THEN 'mqtts' ELSE 'mqtt' END;
ALTER TABLE hubs DROP COLUMN tls;
ALTER TABLE hubs ADD COLUMN connection TEXT NOT NULL DEFAULT '{}';
UPDATE presets SET json = json_remove(
    json_set(json, '$.transport', CASE json_extract(json, '$.tls') WHEN 1 THEN 'mqtts' ELSE 'mqtt' END), '$.tls');

-- properties: those of CONNECT; will: the last will, NULL for none. Both as JSON.
ALTER TABLE devices ADD COLUMN properties TEXT NOT NULL DEFAULT '{}';
ALTER TABLE devices ADD COLUMN will TEXT;
-- options: those of SUBSCRIBE but the QoS, as JSON.
ALTER TABLE subscriptions ADD COLUMN options TEXT NOT NULL DEFAULT '{}';
