set -m
sleep 5 & kill $!
sleep 0.1
echo killed
sleep 5 & kill $!; wait $!
echo $?
sleep 5 & kill %%; wait
echo waited
sleep 5 & kill %%; wait %%; echo $?
(exit 3) & wait $!; echo $?
set +m
sleep 9 & kill %sleep; wait $!; echo $?
sleep 7 & sleep 6 & kill %?7; wait %1; echo $?; kill %?6; wait $!; echo $?
kill %none; echo $?; wait %none; echo $?
