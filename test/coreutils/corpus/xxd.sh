# xxd: widths, groups, offsets, and plain dumps read back.
printf 'hello \001\377world, this is a longer text with some 40 octets\n' > f
for o in '' '-c 8' '-c4' '-cols 5' '-g 1' '-g4' '-g 3 -c 10' '-g0' '-g 0 -c 7' '-b' '-b -c 3' '-b -g 2' '-u' '-d' '-o 16' '-s 10' '-s -5' '-seek 3' '-l 7' '-len 0x9' '-l 010' '-p' '-ps' '-plain' '-p -c 5' '-p -c0' '-p -u' '-c 256' '-c 257' '-c 0' '-p -l 3' '-skip 2 -l 4' '-s +3' '--cols 3' '-l 0' '-s 100'; do echo "== $o"; xxd $o f; echo "rc=$?"; done 2>&1
echo 6162 63 | xxd -r -p; echo; printf 'de ad\nbe ef' | xxd -r -p | xxd -p; echo 61 6 | xxd -p -r; printf '6\n1' | xxd -r -p | xxd
