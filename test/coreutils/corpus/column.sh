# column -t: blanks, separators, empty cells.
printf 'a bb c\nddd e f\n' > f; printf 'a:b::c\n::x\n\nlong one:y:z\n' > g; printf '  lead  and   trail  \n\n\t\n one\n' > h; printf 'no newline' > i; printf 'x\n' > /tmp/x1
for o in '-t f' '-t -s: g' '-t g' '-t h' '-t i' '-t f g' '-t -o , f' '-t -o "" f' '-t -s " " h' '-t -s ,: g' '-t nope' '-t nope f' '--table --separator : --output-separator XX g' '-t -'; do echo "== $o"; eval "column $o" < f; echo "rc=$?"; done
column -t < /dev/null; echo "rc $?"; printf '\n\n' | column -t; echo "rc $?" < /dev/null
(printf 'a%.0s' $(seq 70); echo " $(printf 'b%.0s' $(seq 70)) c"; echo x y z) | column -t
