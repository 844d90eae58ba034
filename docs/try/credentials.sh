#!/usr/bin/env bash
# Credentials, tokens and the vault on a fresh clone: prints PASS or FAIL with figures for each thing that it must show.
set -uo pipefail
. "$(dirname "$0")/verdicts.sh"

# Every check, and from its log those that belong here: tests that ran and passed, none that failed
cargo xtask test | tee "$out/test.log"
verdict "${PIPESTATUS[0]}" "cargo xtask test: $(tail -n 1 "$out/test.log")"
tests "1 vectors through the public API" 'byte_for_byte|signs_with_the_text|refused_as_by_the_sdk|names_at_connect|derives_keys|credentials_ids|answers_to_unknown|ids_that_thingsboard|thumbprints_and_ids|topics_are_(built|taken)|documented_moves'
tests "2 azure-iot-device and tb-mqtt-client, unchanged, with what Hubscope shows" 'it_connects_sends_receives_and_is_refused|azure_iot_device_connects_with|tb_mqtt_client_connects_with'
tests "2 each kind connects, each mistake is refused in its words" 'engine kinds::|engine clock::|engine words::'
tests "3 ten renewals of a SAS token, nothing lost (60-second lives: cargo xtask soak)" 'ten_renewals'
tests "4 Kaa's token in no file, answer, log or export (a whole minute: cargo xtask soak)" 'an_endpoint_token_is_in_no|the_endpoint_token_is_nowhere'
tests "4 random secrets of every kind in no output" 'random_secrets_of_every_kind'
tests "5 from the keyring through an export to a passphrase vault, everything connects" 'moves_from_the_keyring_to_a_passphrase'

cli=$target/debug/hubscope-cli root=$target/tools/mosquitto
export PATH="$root/usr/bin:$PATH" LD_LIBRARY_PATH="$(echo "$root"/{usr/,}lib/*-linux-gnu | tr ' ' ':')"
field() { node -pe "JSON.parse(require('fs').readFileSync('$out/sandbox.json'))$1"; }
sandbox() { # personality
  "$cli" sandbox --personality "$1" >"$out/sandbox.json" & children+=($!); until_true test -s "$out/sandbox.json"
}

# A token against openssl, which has never heard of IoT hubs
key=$(printf '%032d' 7 | base64) resource=contoso.azure-devices.net%2Fdevices%2Fd1
sign=$(printf '%s\n1800000000' "$resource" | openssl dgst -sha256 -mac HMAC -macopt hexkey:"$(printf '%s' "$key" | base64 -d | od -An -tx1 | tr -d ' \n')" -binary | base64 | sed 's/+/%2B/g;s|/|%2F|g;s/=/%3D/g')
made=$(printf 'HostName=contoso.azure-devices.net;DeviceId=d1;SharedAccessKey=%s' "$key" | "$cli" sas --expiry 1800000000)
[ "$made" = "SharedAccessSignature sr=$resource&sig=$sign&se=1800000000" ]; verdict $? "hubscope-cli sas is byte for byte what openssl computes"

# The sandbox's Azure: what Hubscope shows is what mosquitto connects with
sandbox azure; mqtts=$(field .mqtts) ca=$(field .ca_file)
export HUBSCOPE_CONNECTION_STRING; HUBSCOPE_CONNECTION_STRING=$(field '.devices.find(d => d.connection_string && !d.faulty).connection_string')
parameter() { "$cli" credential connect-parameters --json | node -pe "JSON.parse(require('fs').readFileSync(0)).$1"; }
azure() { timeout 30 mosquitto_pub -h localhost -p "${mqtts#*:}" --cafile "$ca" -i "$(parameter client_id.text)" -u "$(parameter user_name.text)" -P "$1" -t "$(parameter topic)" -q 1 -m '{"t":21}' 2>&1; }
azure "$("$cli" sas)" >/dev/null; verdict $? "mosquitto_pub connects to the sandbox's Azure with connect-parameters and sas"
grep -qi 'not authori' <<<"$(azure "$("$cli" sas --expiry 1)")"; verdict $? "and is refused with a token that has ended"

# The sandbox's Kaa: a token's state is read and changed by its REST API
sandbox kaa
node -e '(async () => {
  const { rest, devices } = JSON.parse(require("fs").readFileSync(process.argv[1])), headers = { [rest.header]: rest.api_key }
  const read = async (d) => (await (await fetch(`${rest.url}/cm/api/v1/endpoints/${d.endpoint_id}/tokens`, { headers })).json()).content[0]
  for (const device of devices.filter((d) => d.endpoint_id)) {
    const token = await read(device)
    if (token.status.toUpperCase() !== "ACTIVE") continue
    const body = JSON.stringify({ status: "SUSPENDED", reason: "try" }), path = `${rest.url}/cm/api/v1/endpoints/${device.endpoint_id}/tokens/${token.endpointTokenId}`
    await fetch(path, { method: "PATCH", headers: { ...headers, "Content-Type": "application/json" }, body })
    process.exit((await read(device)).status.toUpperCase() === "SUSPENDED" ? 0 : 1)
  }
  process.exit(1)
})()' "$out/sandbox.json"; verdict $? "an active token of the sandbox's Kaa is suspended by its REST API"
exit $failed
