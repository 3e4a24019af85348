#udev
# Lines of multipath.conf longer than 1023 bytes, which go on as the next line; carriage returns, which end a line; words that only begin with a policy.
c() { printf "$1" > /etc/multipath.conf; echo "== $2"; multipath -v2 -t 2>&1 | sed 's/^[0-9]*\.[0-9]* | //' | grep -E ' line [0-9]|^	(verbosity|polling_interval|path_grouping_policy) '; }
for n in 1007 1008 1009 1010 1020 2031 2032; do c "defaults {\n alias_prefix x$(printf "%0${n}d" 0)\n nosuch 1\n}\n" "a word of $n"; done
for n in 1009 1010 1013 1021 1022; do c "defaults {\n$(printf "%${n}s" '') verbosity 3\n polling_interval 7\n nosuch 1\n}\n" "$n blanks before"; done
c "defaults {\n alias_prefix \"$(printf "%0600d" 0)é$(printf "%0600d" 0)\"\n nosuch 1\n}\n" "quoted, not all of it ASCII"
c "defaults {\n verbosity 1 # $(printf "%01100d" 0) a b\n nosuch 1\n}\n" "a comment"
c 'defaults {\n verbosity\r3\n polling_interval 7\rx\n\rnosuch 1\r\r\n}\r\n' 'carriage returns'
c 'defaults {\r\n verbosity 3 \r\n\r\n\r\nnosuch 1\n\r}\n' 'lines of DOS'
c 'defaults {\r verbosity 3\r}\rnosuch 1\n' 'nothing else'
for v in group_by_prios '"multibus x"' 'failover;' failove FAILOVER ' "group_by_serial\\"'; do c "defaults {\n path_grouping_policy $v\n}\n" "path_grouping_policy $v"; done
