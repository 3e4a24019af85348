# Redirections, descriptors, here-documents, pipes and command grouping.
cd /tmp
echo one > f; echo two >> f; cat f; cat < f | wc -l; echo err >&2 2>/dev/null; ls /nosuch 2>/dev/null; echo "rc=$?"
{ echo out; echo err >&2; } > o 2> e; cat o e; { echo both; echo err >&2; } &> b; cat b; { echo a; echo b >&2; } 2>&1 | sort -r
x=5; cat <<EOF
x is $x, $((x + 1)), $(echo sub), \$x
EOF
cat <<'EOF'
x is $x, $((x + 1)), \$x
EOF
cat <<-EOF
	tabs go
	EOF
cat <<< "here string $x"; exec 3> g; echo to3 >&3; exec 3>&-; cat g; exec 4< f; read -r l <&4; echo "$l"; read -r l <&4; echo "$l"; read -r l <&4; echo "rc=$?"; exec 4<&-
echo text | tee t | tr a-z A-Z; cat t; > f; wc -c < f; echo x 2>&1 > f | cat; cat f
set -o noclobber; (echo y > f) 2>&1 | sed 's/.*line [0-9]*: //'; echo z >| f; cat f; set +o noclobber
(cd /; pwd); pwd; v=1; (v=2); echo $v; echo 3 | read -r v; echo $v; { v=4; }; echo $v
cat < nosuchfile; echo "rc=$?"; echo hi > /nosuch/x; echo "rc=$?"; echo 1 > /proc/version; echo "rc=$?"
printf 'a\nb\nc\n' | head -1; seq 100000 | head -2; echo "${PIPESTATUS[@]}";
exec > /tmp/log; echo logged; exec >&2; cat /tmp/log
