# Run as root inside a clean Debian, `sh -eu`: the deb is installed, used as a user would, and removed.
export DEBIAN_FRONTEND=noninteractive
cd /root
say() { echo "= $*"; }
fail() { echo "FAIL $*" >&2; exit 1; }

# Waits for a command to succeed, one minute at most.
until_true() {
    tries=0
    until sh -c "$1" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || fail "$1"
        sleep 0.1
    done
}

say "the system without it"
apt-get update -qq
# What looks at the window and the manual; nothing that the package must bring itself.
apt-get install -qq --no-install-recommends xvfb dbus xdotool man-db bash-completion zsh fish >/dev/null
find / -xdev \( -path /proc -o -path /dev -o -path /root -o -path /tmp -o -path /var/cache -o -path /var/lib/apt \
    -o -path /var/lib/dpkg -o -path /var/log \) -prune -o -type f -print | sort >/root/before

say "installs"
apt-get install -qq --no-install-recommends ./hubscope.deb >/dev/null
dpkg-query -W -f 'hubscope ${Version}, ${Installed-Size} KiB, needs ${Depends}\n' hubscope
dpkg -L hubscope | while read -r file; do
    owner=$(stat -c %U:%G "$file")
    [ "$owner" = root:root ] || fail "$file belongs to $owner"
done
if ldd /usr/bin/hubscope /usr/bin/hubscope-cli | grep 'not found'; then fail "a library is missing"; fi

say "manual and completions"
man -w hubscope hubscope-cli hubscope-cli-sub
bash -c '. /usr/share/bash-completion/completions/hubscope-cli; complete -p hubscope-cli'
zsh -c 'autoload -Uz compinit; compinit -u; echo "zsh: ${_comps[hubscope-cli]}"' | grep _hubscope-cli
fish -c 'complete -C "hubscope-cli san"' | grep sandbox

say "the command line, as a user"
useradd --create-home someone
cat >/tmp/use.sh <<'USE'
set -eu
hubscope-cli sandbox --anonymous --quiet >/tmp/sandbox &
sandbox=$!
until grep -qs mqtt /tmp/sandbox; do sleep 0.1; done
port=$(sed 's/.*"mqtt":"127.0.0.1:\([0-9]*\)".*/\1/' /tmp/sandbox)
hubscope-cli sub -h 127.0.0.1 -p "$port" -t 'clean/#' -C 1 -v >/tmp/got 2>/tmp/said &
sub=$!
until grep -qs subscribed /tmp/said; do sleep 0.1; done
hubscope-cli pub -h 127.0.0.1 -p "$port" -t clean/root -m 'it works' -q 1
wait "$sub"
kill -INT "$sandbox"
wait "$sandbox"
cat /tmp/got
USE
chmod +r /tmp/use.sh
su someone -c 'timeout 60 sh /tmp/use.sh' | grep 'clean/root it works' || fail "the message did not come: $(cat /tmp/said)"

say "the window, as a user"
mkdir -p /tmp/.X11-unix
Xvfb :7 -screen 0 1280x900x24 >/tmp/xvfb 2>&1 &
screen=$!
until_true 'test -S /tmp/.X11-unix/X7'
cat >/tmp/open.sh <<'OPEN'
hubscope 2>/tmp/window &
echo $! >/tmp/pid
wait
OPEN
su someone -c 'DISPLAY=:7 dbus-run-session -- sh /tmp/open.sh' &
until_true 'DISPLAY=:7 xdotool search --onlyvisible --name Hubscope'
until_true 'test -f /home/someone/.local/share/hubscope/workspace.sqlite'
# Quit by its key, as there is no window manager whose button would do it; the menu that has it comes with the page.
until_true 'DISPLAY=:7 xdotool search --onlyvisible --name Hubscope windowfocus --sync key ctrl+q; sleep 0.5
    ! kill -0 $(cat /tmp/pid)'
kill "$screen"

say "removes"
apt-get purge -qq hubscope >/dev/null
[ -f /home/someone/.local/share/hubscope/workspace.sqlite ] || fail "the user's data is gone"
# What the libraries brought stays until autoremove; of the package itself nothing may.
apt-get autoremove --purge -qq >/dev/null
find / -xdev \( -path /proc -o -path /dev -o -path /root -o -path /tmp -o -path /var/cache -o -path /var/lib/apt \
    -o -path /var/lib/dpkg -o -path /var/log \) -prune -o -type f -print | sort >/root/after
comm -13 /root/before /root/after | grep -i hubscope | grep -v ^/home/someone/ && fail "left behind"
say "user data stays, nothing else: $(comm -13 /root/before /root/after | grep -vc ^/home/someone/) other files of libraries and caches"
echo PASS
