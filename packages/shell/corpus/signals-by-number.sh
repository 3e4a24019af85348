kill -l 10 11 15; kill -l INT SIGSEGV usr2; kill -l 9 NONE 12; echo $?; kill -l 0; kill -l EXIT 2; kill -l 130 300 64; echo $?
kill -l RTMIN RTMAX-3 36; kill -l DEBUG ERR RETURN; kill -l 09
trap 'echo urgent' URG; kill -URG $$; trap 'echo fault' SIGSEGV; kill -11 $$; trap -p; trap - 11 URG; kill -WINCH $$; trap 013; trap 015 0; trap -p
for signal in SEGV BUS XCPU PWR SYS; do (kill -$signal $BASHPID) 2> /dev/null; echo $?; done 2> /dev/null
kill -NONE $$; echo $?; kill -99 $$; echo $?; kill -n NONE $$; trap '' NONE; echo $?
