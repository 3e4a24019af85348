# Jobs by number and by name, which may have ended, and which of them is the current one and the one before it.
sleep 0.1 & sleep 0.3; kill %1; echo $?
sleep 0.1 & sleep 0.3; kill %sleep; echo $?; jobs; wait; kill %1; echo $?
sleep 0.1 & sleep 0.3; kill -0 %?sle; echo $?
wait %sleep; echo $?; wait %?nosuch; echo $?
sleep 1 & sleep 1.2 & sleep 0.1; jobs; wait; jobs
sleep 0.1 & sleep 0.3 ; sleep 1 & jobs; wait
sleep 0.3 & sleep 0.6 & sleep 0.4; jobs; sleep 0.5; jobs
sleep 0.3 & sleep 0.1 & sleep 0.2; sleep 0.5 & jobs; wait; jobs
sleep 0.3 & sleep 0.1 & sleep 0.2; jobs; jobs; wait
sleep 0.3 & sleep 0.1 & sleep 0.4 & sleep 0.2; jobs; jobs; sleep 0.2; jobs; wait
sleep 0.1 & sleep 0.1 & sleep 0.1 & sleep 0.3; jobs
sleep 0.1 & sleep 0.4 & sleep 0.1 & sleep 0.3; jobs; jobs; wait %2; jobs
