#!/usr/bin/env bash
# Every transport, every packet, on a fresh clone: prints PASS or FAIL with figures for each thing that it must show.
set -uo pipefail
. "$(dirname "$0")/verdicts.sh"

# The Rust tests once; what belongs here is read from their log
cargo xtask test --only rust --yes >"$out/rust.log" 2>&1; verdict $? "cargo xtask test --only rust: $(tail -n 1 "$out/rust.log")"
tests "1 conformance: mosquitto's clients, MQTT.js and paho-mqtt at the sandbox" 'sandbox (mosquitto|mqttjs|paho)::'
echo "     Eclipse's suites: $(grep -c '^| .* | pass | ' docs/CONFORMANCE.md) of $(grep -Ec '^\| (test|will)[a-zA-Z0-9_]+ \|' docs/CONFORMANCE.md) at the sandbox; docs/CONFORMANCE.md has the command"
tests "3 the library's defects, scripted peers" 'mqtt (defects|exactly_once|life|answers|properties|sessions|renewals|tls|review)::'
tests "  packet lane: sizes on the wire, closed it tells nothing, bounded" 'packets::|lanes::'
tests "  TLS key log: the secrets are those of the connection" 'key_log::|tls_keys_go'
tests "  headers of a WebSocket, proxies, Unix sockets, ALPN" 'transports::|ways::'
tests "  reconnects leave nothing behind (a thousand: cargo xtask soak)" 'fifty_reconnects'

# The matrix with its tables, the same tests again with their output
export HUBSCOPE_MOSQUITTO=$target/tools/mosquitto
cargo test --quiet --workspace --test mqtt matrix:: -- --nocapture >"$out/matrix.log" 2>&1; code=$?
grep -E '^(mosquitto|sandbox):|^ *V[0-9]+ ' "$out/matrix.log"
verdict $code "2 matrix: $(grep -oE '  ok' "$out/matrix.log" | wc -l) cells green, $(grep -oE '  FAIL' "$out/matrix.log" | wc -l) not, 60 a target"

# The defect table names every row from a to w
rows=$(grep -oE '^\| [a-w] \|' tests/DEFECTS.md | sort -u | wc -l); [ "$rows" = 23 ]; verdict $? "3 tests/DEFECTS.md: $rows of 23 rows"

# What a real mosquitto can do, and what is on the wire meanwhile
export LD_LIBRARY_PATH; LD_LIBRARY_PATH=$(echo "$HUBSCOPE_MOSQUITTO"/{usr/,}lib/*-linux-gnu | tr ' ' ':') port=$((20000 + RANDOM % 20000))
"$HUBSCOPE_MOSQUITTO/usr/sbin/mosquitto" -p "$port" >"$out/mosquitto.log" 2>&1 & children+=($!)
for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
"$target/debug/hubscope-cli" broker-test -h 127.0.0.1 -p "$port" --json >"$out/broker.json"; code=$?
verdict $code "  broker-test: $(node -pe 'const r = JSON.parse(require("fs").readFileSync(0)); `${r.findings.length} findings, ${r.findings.filter((f) => f.result.is === "fails").length} fail, ${r.left_behind.length} left behind`' <"$out/broker.json")"
lines=$("$target/debug/hubscope-cli" pub -h 127.0.0.1 -p "$port" -V 5 -t x -m x -q 2 --packets 2>&1 | wc -l); [ "$lines" = 7 ]; verdict $? "  pub -q 2 --packets: $lines of 7 control packets"
exit $failed
