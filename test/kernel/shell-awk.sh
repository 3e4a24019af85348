# awk as the labs use it: fields, sums, patterns, printf, variables, BEGIN and END.
printf 'sda 8:0 3 10.5\nsdb 8:16 4 2\n\nsdc 8:32 5 0x1\n' > /tmp/t; cd /tmp
awk '{print $1, $3}' t; awk '{print $NF, NF, NR}' t; awk 'NF {s += $3} END {print s, s/NF, s/3}' t; awk '$3 > 3' t; awk '/sdb/ {print "hit " $0}' t; awk '!/sd/ {print "blank " NR}' t
awk -F: '{print $2}' t; awk -F'[ :]' '{print $3}' t; awk -v d=sdb '$1 == d {print $2}' t; awk 'BEGIN {printf "%s|%5d|%-5s|%05.2f|%x|%c|%%\n", "a", 42, "b", 3.14159, 255, "z"}'
awk 'NR == 2, NR == 4' t; awk 'END {print NR}' t; awk '{$2 = "x"; print}' t | head -1; awk 'BEGIN {OFS = ":"} {$1 = $1; print}' t | head -1
awk '{a[$1] = $3} END {print a["sdb"], length(a), ("zz" in a), ("sda" in a)}' t; awk '{for (i = NF; i > 0; i--) printf "%s ", $i; print ""}' t
awk 'BEGIN {print length("hello"), substr("hello", 2, 3), index("hello", "l"), toupper("abc"), int(3.9), -7 % 3, 1 / 3, 1e6, 1e20, 100000 * 100000}'
awk 'BEGIN {n = split("a:b:c", p, ":"); print n, p[1], p[3]; s = "aaa"; print gsub(/a/, "b", s), s; sub(/b/, "[&]", s); print s; print match("xxabc", /abc/), RSTART, RLENGTH}'
awk 'BEGIN {if (!("x" in a)) print "no x"; while (i < 3) i++; print i; do i--; while (i > 0); print i; print 1 == 1.0, "10" < "9", 10 < 9, "a" "b" 1 + 2}'
echo '5 apples' | awk '{print $1 + 1, $2 + 1, "x" $3 "x"}'; awk 'function f(x) {return x * 2} BEGIN {print f(21)}'; awk 'NR > 1 {exit 3} {print}' t; echo "rc=$?"
awk '{print > "/tmp/out"}' t; wc -l < out; echo 'a b' | awk '{print $2 | "cat"}'; awk 'BEGIN {"echo cmd" | getline x; print x; while ((getline l < "/tmp/t") > 0) n++; print n}'; awk '$1 ~ /^sd[ab]$/ && $3 != 3 || $1 == "sdc" {print $1; next} {print "-"}' t
