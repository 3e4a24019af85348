# INT and QUIT: which programs in the background ignore them, and which shells outlive them.
nap() { bash -c 'echo $$ > pid; exec sleep 0.6'; }
k() { sleep 0.3; kill -$1 $(cat pid); wait; }
bash -c 'echo $$ > pid; exec sleep 0.6' & p=$!; sleep 0.3; kill -INT $(cat pid); wait $p; echo "a program $?"
command bash -c 'echo $$ > pid; exec sleep 0.6' & p=$!; sleep 0.3; kill -INT $(cat pid); wait $p; echo "by command $?"
bash -c 'echo $$ > pid; exec sleep 0.6' | cat & p=$!; sleep 0.3; kill -INT $(cat pid); wait $p; echo "in a pipeline $?"
( nap; echo "in parentheses $?" ) & k INT
{ nap; echo "in braces $?"; } & k INT
f() { nap; echo "in a function $?"; }; f & k INT
( ( nap; echo "inner $?" ); echo "outer $?" ) & k INT
true && nap && echo and || echo "or $?" & k INT
( nap | cat; echo "piped ${PIPESTATUS[*]}" ) & k INT
( nap & wait $!; echo "in the background of it $?" ) & k INT
( x=$(nap; echo "$?"); echo "substituted $x" ) & k INT
eval 'nap; echo "by eval $?"' & k INT
( trap '' INT; nap; echo "ignored $?" ) & k INT
( trap - INT; nap; echo "reset $?" ) & k INT
trap '' INT; ( nap; echo "ignored before $?" ) & k INT; trap - INT
( nap; echo "after $?" ) & sleep 0.3; kill -INT $!; wait $!; echo "the subshell $?"
( exec sleep 0.6 ) & sleep 0.3; kill -INT $!; wait $!; echo "exec $?"
{ nap; echo "QUIT $?"; } 2>/dev/null & k QUIT
bash -c 'trap; trap "echo caught" INT QUIT; trap; kill -INT $$; kill -QUIT $$; echo alive' & wait
trap '' TERM; bash -c 'trap; trap - TERM; trap "echo caught" TERM; kill -TERM $$; trap -p TERM; echo alive'; trap - TERM
kill -QUIT $$; echo 'bash ignores QUIT'; trap 'echo caught' QUIT; kill -QUIT $$; trap - QUIT; kill -QUIT $$; echo again
( bash -c 'echo $$ > pid; sleep 0.6; echo after'; echo "outlived $?" ) & k INT
( bash -c 'echo $$ > pid; sleep 0.6; sleep 0.1; echo after two'; echo "outlived $?" ) & k INT
( bash -c 'echo $$ > pid; sleep 0.6 | cat; echo after'; echo "outlived a pipeline $?" ) & k INT
( bash -c 'echo $$ > pid; ( sleep 0.6; echo in ); echo after'; echo "outlived a subshell $?" ) & k INT
( bash -c 'echo $$ > pid; x=$(sleep 0.6; echo in); echo after $x'; echo "died in a substitution $?" ) & k INT
( bash -c 'echo $$ > pid; sleep 0.6 & wait; echo after'; echo "died in wait $?" ) & k INT
( bash -c 'echo $$ > pid; trap "echo trapped" INT; sleep 0.6; echo after'; echo "trapped $?" ) & k INT
( sh -c 'echo $$ > pid; sleep 0.6; echo after'; echo "dash died $?" ) & k INT
( bash -c 'echo $$ > pid; bash -c "echo \$\$ > child; exec sleep 0.6"; echo after'; echo "both died $?" ) & sleep 0.3; kill -INT $(cat pid child); wait
( bash -c 'echo $$ > pid; sleep 0.6; echo after'; echo "TERM $?" ) 2>/dev/null & k TERM
