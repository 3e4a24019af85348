# The last background job that ended before `wait` asked stays until `jobs` tells of it; jobs in subshells, which tell of them for themselves.
count() { local c=0 line; while read -r line; do c=$((c + 1)); done; echo $c; }
n() { jobs | count; }
(exit 3) & sleep 0.2; wait; n; jobs > /dev/null; n
(exit 3) & sleep 0.2; (jobs; echo -; jobs); n; jobs; jobs
true & sleep 0.2; true & sleep 0.2; wait; n; n; jobs; n
true & P=$!; sleep 0.2; wait; wait $P; echo "rc=$?"; n
(exit 4) & P=$!; sleep 0.2; wait; jobs; wait $P; echo "rc=$?"
(exit 5) & P=$!; sleep 0.2; wait; wait; n; wait %1; echo "rc=$?"; n
(exit 6) & sleep 0.2; wait; (exit 7) & sleep 0.2; jobs; wait; jobs
(exit 6) & sleep 0.2; wait; wait -n; echo "rc=$?"; wait -n; echo "rc=$?"; jobs
true & sleep 0.2; x=$(jobs); echo "[$x]"; x=$(wait; jobs; jobs); echo "[$x]"; jobs | cat; jobs -r; jobs -p | count; jobs; jobs
true & sleep 0.2; wait; disown; jobs; disown -a; true & sleep 0.2; wait; disown %1; echo "rc=$?"; jobs
(sleep 0.2 & jobs; wait; jobs; true & sleep 0.2; wait; jobs | cat; jobs)
f() { true & sleep 0.2; wait; jobs; }; f; f | cat
true & sleep 0.2; jobs > /dev/null; jobs; true & sleep 0.2; wait; true & sleep 0.2; true & sleep 0.2; jobs
sleep 2 & f() { jobs; }; g() { jobs | cat; }
echo "1[$(f)]"; echo "2[$( { jobs; } )]"; echo "3[$(jobs | cat)]"; echo "4[$(x=1; jobs)]"; echo "5[$( (jobs) )]"; echo "6[$(g)]"; echo "7[$(sleep 0.1 & jobs)]"
echo 8; if true; then jobs; fi | cat; echo 9; f | cat; echo 10; eval jobs | cat; builtin jobs | cat; echo 11; command jobs | cat; echo 12; (jobs | cat); (jobs); echo 13; true | jobs; echo 14; x=1 jobs 2>&1 | cat; echo 15; { jobs; } | cat; echo 16; (sleep 0.1 & jobs); (sleep 0.1 & jobs | cat); (sleep 0.1 & (jobs))
