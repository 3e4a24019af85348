(trap 'exit 3' TERM; kill $BASHPID; echo no); echo $?
(trap '' TERM; kill $BASHPID; echo still); echo $?
bash -c 'trap "echo t; exit 2" TERM; kill $$; echo no'; echo $?
