# Which names and uuids are refused, duplicates, and listing in byte order.
n() { dmsetup create "$@" --notable; echo "rc=$?"; }
n a/b; n control; n .; n ..; n ""
n "a b"; n zeta; n alpha; n Beta; n b10; n b9
n zeta
n one -u UUID-1; n two -u UUID-1; n two -u ""
n $(printf 'x%.0s' {1..127}); n $(printf 'x%.0s' {1..128})
n l --uuid $(printf 'u%.0s' {1..128}); n l -u $(printf 'u%.0s' {1..129})
dmsetup ls | cut -c1-40
dmsetup info -c --noheadings -o name,uuid | cut -c1-40
dmsetup info 'a b' 2>/dev/null | head -1; dmsetup info -u UUID-1 | grep -E 'Name|UUID'
dmsetup remove -u UUID-1; echo "rc=$?"; dmsetup remove -u UUID-9; echo "rc=$?"
dmesg | grep -o 'device-mapper: ioctl:.*' | grep -v initialised
