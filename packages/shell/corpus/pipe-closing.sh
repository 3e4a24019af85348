yes | head -1; echo ${PIPESTATUS[@]}
(echo a; echo b; echo c) | head -1
{ echo x; trap '' PIPE; sleep 0.1; echo y; } 2>/dev/null | head -1
trap '' PIPE; (sleep 0.1; echo to closed; echo "$?" >&2) | true
