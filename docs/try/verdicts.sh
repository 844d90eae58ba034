# Sourced by the other scripts here: where they run and write, and how they judge.
cd "$(dirname "$0")/../.." && mkdir -p docs/try/out && out=$PWD/docs/try/out && failed=0 children=()
trap 'kill "${children[@]}" 2>/dev/null' EXIT
target=$(cargo metadata --no-deps --format-version 1 | node -pe 'JSON.parse(require("fs").readFileSync(0)).target_directory')
verdict() { if [ "$1" = 0 ]; then echo "PASS $2"; else echo "FAIL $2"; failed=1; fi; }
until_true() { for _ in $(seq 300); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done; return 1; }
tests() { # what it shows, then a pattern of names in the log of the Rust tests: some ran and passed, none failed
  local ran bad
  ran=$(grep -Ec "($2).*\.\.\. ok$|^ *PASS .*($2)" "$target/xtask/rust.log") bad=$(grep -Ec "($2).*\.\.\. FAILED|^ *FAIL .*($2)" "$target/xtask/rust.log")
  [ "$ran" -gt 0 ] && [ "$bad" = 0 ]; verdict $? "$1: $ran tests"
}
