#!/usr/bin/env bash
# Certificates, trust and Diagnose on a fresh clone: prints PASS or FAIL with figures for each thing that it must show.
set -uo pipefail
. "$(dirname "$0")/verdicts.sh"

# The Rust tests once; what belongs here is read from their log
cargo xtask test --only rust --yes >"$out/rust.log" 2>&1; verdict $? "cargo xtask test --only rust: $(tail -n 1 "$out/rust.log")"
tests "1 openssl and Python's cryptography take ours, we take theirs" 'hubscope-pki::openssl |cli certificates::'
tests "2 vectors of x509 and of ThingsBoard's ids" 'thumbprints_and_ids|ids_that_thingsboard|in_each_form|carries_the_code'
tests "3 mosquitto asks for certificates: our CAs and openssl's, EC, RSA, intermediates; mosquitto_pub and paho" 'cli mutual_tls::'
tests "3 azure-iot-device, tb-mqtt-client, paho and we with devices of our CAs: thumbprint, CA and name, chain" 'sandbox own_certificates::'
tests "4 failures of Diagnose, each with its cause and fix" 'cli diagnose::'
tests "  trust of a hub: fetched, given, taken back, pinned, once" 'engine trust::|engine diagnosing::|trusts::'
tests "5 a batch is all or nothing; keys are sealed" 'tests::certificates::'

# By hand what a user would do, openssl as the judge
cli=$target/debug/hubscope-cli work=$(mktemp -d) && cd "$work" || exit 1
code=75B86466DA34D2B04C0C4C9557A119687ADAE7D4732BDDB3
for key in p256 p384 rsa2048 rsa3072 rsa4096 ed25519; do
  "$cli" cert ca --cn "Plant $key" --key $key --out $key && "$cli" cert ca --cn "Line $key" --ca $key --key $key --days 900 --out $key/line &&
    "$cli" cert device --ca $key/line --cn pump-1 --key $key --days 90 --out $key/pump && "$cli" cert verify-possession --ca $key --code $code --out $key/proof.pem &&
    openssl verify -x509_strict -purpose sslclient -CAfile $key/ca.pem -untrusted $key/line/ca.pem $key/pump/cert.pem && openssl verify -x509_strict -CAfile $key/ca.pem $key/proof.pem
done >"$out/certificates.log" 2>&1
ok=$(grep -c ': OK$' "$out/certificates.log"); [ "$ok" = 12 ]; verdict $? "by hand: openssl verify -x509_strict takes $ok of 12"
begin=$(date +%s%N); seq -f 'device-%g' 1000 >ids.txt; "$cli" cert batch --ca p256 --ids ids.txt --days 90 --out many >"$out/batch.log" 2>&1; made=$(find many -name cert.pem | wc -l)
[ "$made" = 1000 ]; verdict $? "by hand: cert batch wrote $made of 1000 certificates in $((($(date +%s%N) - begin) / 1000000)) ms"
"$cli" diagnose -h 127.0.0.1 -p 1 --json >diagnose.json 2>/dev/null; cause=$(node -pe 'JSON.parse(require("fs").readFileSync("diagnose.json")).steps.find((s) => s.state === "failed").cause'); [ "$cause" = connection_refused ]; verdict $? "by hand: diagnose says $cause of a closed port"
cd / && rm -rf "$work"; exit $failed
