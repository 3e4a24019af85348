# jobs with operands and options, which jobs wait and kill find afterwards, and jobs that are stopped.
l() { local a b c; jobs -l | while read -r a b c; do echo "$a $c"; done; }; p() { jobs "$@" | { read -r x; echo "${#x}" | { read -r x; ((x > 1)) && echo a pid; }; }; }
sleep 0.5 & jobs -z; echo $?; l; p -lp %1; jobs -rs; jobs -r %1;  jobs -s %1; jobs nosuch; jobs sleep; jobs %sl; jobs %?ee; wait
sleep 1 & sleep 2 & jobs %1; jobs %+; jobs %-; jobs %%; jobs %sleep; p -p %2; jobs %3; echo $?; jobs %2 %9 %1; echo $?; wait %1; echo $?; jobs %1; echo "s $?"; jobs; wait; jobs %2; echo "s $?"
sleep 0.1 & sleep 0.3; jobs %1; jobs %1; echo $?; jobs; wait %1; echo "w $?"
sleep 0.1 & sleep 0.3; jobs; wait %1; echo "w $?"
sleep 0.1 & p=$!; sleep 0.3; jobs; wait $p; echo "w $?"
(exit 3) & sleep 0.2; jobs; wait %1; echo "w $?"; (exit 4) & wait %1; echo "w $?"; wait %1; echo "w $?"
(exit 5) & sleep 0.2; wait %1; echo "w $?"; wait %1; echo "w $?"; jobs
(exit 6) & sleep 0.2; jobs -r; p -p; wait %1; echo "w $?"; jobs
(exit 5) & sleep 0.2; wait %1; echo "w $?"; wait %1; echo "w $?"; jobs
(exit 6) & sleep 0.2; jobs -r; p -p; wait %1; echo "w $?"; jobs
sleep 0.3 | read x & sleep 1 & jobs %1; sleep 0.5; jobs %1; echo $?; jobs; wait; jobs
sleep 0.1 & sleep 0.2 & sleep 0.4; jobs %1; jobs; echo x; jobs
sleep 0.1 & sleep 0.2 & sleep 0.4; jobs %2; jobs; echo x; jobs
sleep 0.1 & sleep 0.2 & sleep 0.4; p -p %2; jobs; echo x; jobs
sleep 0.2 & sleep 0.2 & wait %1; echo $?; wait %2; echo $?; wait %2; echo $?; jobs
sleep 0.1 & sleep 0.3 & wait; echo $?; jobs; sleep 0.1 & jobs; wait
set -m; sleep 1 & kill -STOP $!; sleep 0.2; jobs; jobs -s; jobs -r; kill -CONT %1; sleep 0.1; jobs; wait; jobs
sleep 1 & sleep 1 & kill -STOP %1; sleep 0.1; jobs; kill -CONT %1;sleep 0.1; jobs; wait
(exit 5) & sleep 0.2; wait %1; echo "w $?"
wait %1; echo "w $?"
(exit 5) & (exit 6) & sleep 0.2; wait %1 %2; echo "w $?"; (exit 7) & wait %1; echo "w $?"
for i in 1 2; do
  (exit 8) &
  wait %1
  echo "w $?"
  wait %1
  echo "w $?"
done
