# Where busybox's awk goes its own way: octal numbers, gensub, when FS counts, where break may stand.
for n in 011 08 010.5 0x1F 0x 00 007 0778 -011 ' 012' '012 ' 0x1Fz 09.1 1e3 0e1 01e1 .5; do
  echo "== the input $n"; echo "$n" | awk '{ print "[" $0 "]", $0+1, ($0==9), ($0<10), -$0, ($0 ? "t" : "f") }'
done
echo '== numbers of a program'; awk 'BEGIN { print 011, 0x11, 08, 011+0, "011"+0, "0x11"+0, 010.5; x="012"; print x+1, x==10, int("017"), substr("hello", 02, 010) }'
echo '== FS counts from the next record on'; printf 'a:b c\nd:e f\n' | awk '{ FS=":"; print $1 }'; echo 'a:b c' | awk '{ FS=":"; print $1; $0="x:y z"; print $1 }'
echo '== fields end at a carriage return'; printf 'w1 w2\r\n' | awk '{ $1=$1; print NF; print }' | od -c
echo '== gensub'; awk 'BEGIN { s="aXbXc"; print gensub(/X/, "-", 2, s), gensub("X", "\\0\\0", "G", s), gensub(/q/, "z", "g", s), gensub(/X/, "-", 0, s)
  print gensub(/(.)(.)/, "\\2\\1", "g", "abcd"), gensub(/x|(y)/, "<\\1>", "g", "xy"), gensub("(a)(b)", "<\\2\\1&\\0\\&>", "g", "ab|ab") }'
echo '== gensub of the record'; echo 'a b' | awk '{ print gensub(/b/, "c", "g"); print }'; awk 'BEGIN { print gensub(/a/, "b") }'; echo "rc=$?"
echo '== backslashes of a replacement'; awk 'BEGIN { s="\\"; print gensub("a", s, "g", "a|a"); s="abc"; gsub(/b/, "x\\\\y", s); print s; s="abc"; gsub(/b/, "[\\&\\\\&&]", s); print s }'
echo '== break outside of a loop'; awk 'BEGIN { if (1) break; else a = 1 }'; echo "rc=$?"; awk 'function f() { continue } BEGIN { while (1) { f(); exit } }'; echo "rc=$?"
echo '== a negative field'; echo a | awk '{ print $(-1) }'; echo "rc=$?"
