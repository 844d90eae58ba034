#!/usr/bin/env bash
# The main job on a fresh clone: prints PASS or FAIL with figures for each thing that it must show.
set -uo pipefail
. "$(dirname "$0")/verdicts.sh"
free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

# 1 and 4: every check, the walk in the real window among them
cargo xtask test | tee "$out/test.log"
verdict "${PIPESTATUS[0]}" "cargo xtask test: $(tail -n 1 "$out/test.log"); window walk: $(grep -m1 '^window ' "$out/test.log")"
pictures=$(find docs/pictures -name '*.png' | wc -l); [ "$pictures" -ge 8 ]; verdict $? "$pictures pictures of the real window in docs/pictures"

cli=$target/debug/hubscope-cli root=$target/tools/mosquitto
export PATH="$root/usr/bin:$root/usr/sbin:$PATH" LD_LIBRARY_PATH="$(echo "$root"/{usr/,}lib/*-linux-gnu | tr ' ' ':')"

# 2: 20,000 messages from mosquitto_pub, all of them and in order
port=$(free_port); printf 'listener %s 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nuser %s\n' "$port" "$(id -un)" >"$out/mosquitto.conf"
mosquitto -c "$out/mosquitto.conf" 2>"$out/mosquitto.log" & children+=($!)
until_true mosquitto_pub -p "$port" -t up -n && : >"$out/sub.log"
"$cli" sub -h 127.0.0.1 -p "$port" -t 'bench/#' -q 1 -C 20000 --json >"$out/received" 2>"$out/sub.log" & sub=$! && children+=($sub)
until_true grep -q subscribed "$out/sub.log"; started=$(date +%s%N)
seq 20000 | mosquitto_pub -p "$port" -t bench/a -q 1 -l; wait $sub; took=$(( ($(date +%s%N) - started) / 1000000 ))
seq 20000 | cmp -s - <(node -pe 'require("fs").readFileSync(0,"utf8").trim().split("\n").map(l=>JSON.parse(l).payload).join("\n")' <"$out/received")
verdict $? "20,000 messages of mosquitto_pub received in order in $took ms"

# 3: the sandbox serves clients that we did not write
"$cli" sandbox >"$out/sandbox.json" & children+=($!); until_true test -s "$out/sandbox.json"
field() { node -pe "JSON.parse(require('fs').readFileSync('$out/sandbox.json'))$1"; }
token=$(field .devices[0].token) ca=$(field .ca_file) mqtts=$(field .mqtts)
timeout 30 mosquitto_sub -h 127.0.0.1 -p "$(field .mqtt | cut -d: -f2)" -u "$token" -t 'devices/#' -C 3 >"$out/plain"; verdict $? "mosquitto_sub, plain: $(wc -l <"$out/plain") messages"
timeout 30 mosquitto_sub -h 127.0.0.1 -p "${mqtts#*:}" --cafile "$ca" -u "$token" -t 'devices/#' -C 3 >"$out/tls"; verdict $? "mosquitto_sub, TLS: $(wc -l <"$out/tls") messages"
(cd tests/e2e && timeout 30 node -e 'const c=require("mqtt").connect(`mqtts://${process.argv[1]}`,{username:process.argv[2],ca:require("fs").readFileSync(process.argv[3])});c.on("connect",()=>c.subscribe("devices/#"));c.on("message",()=>process.exit(0))' "$mqtts" "$token" "$ca"); verdict $? "MQTT.js, TLS"

# 5: the figures and what they are held against
[ -s docs/BENCHMARKS.md ]; verdict $? "docs/BENCHMARKS.md: $(grep -c '^|' docs/BENCHMARKS.md 2>/dev/null) rows of figures"
exit $failed
