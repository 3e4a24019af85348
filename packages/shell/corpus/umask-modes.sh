umask; umask -S; umask 027; umask; umask -S
umask u=rwx,g=rx,o=; umask; umask g+w; umask -S; umask o=rx; umask; umask -p; umask -S u=rwx,g=,o=; umask a=rx; umask; umask 9; echo rc=$?; umask 0888; echo rc=$?; umask z; echo rc=$?; umask u+; echo rc=$?; umask 77; umask; umask -pS; (umask 0; umask); umask
umask 022; umask =r; umask; umask g-x,o=u; umask -S; umask 022; umask u=g; umask -S; umask -x; echo $?; umask 10000; echo $?; umask 1022; umask; umask -- 033; umask; umask +w; umask; umask uo-r; umask
umask 0777; bash -c umask; (umask 7; bash -c 'umask -S'); umask 1777; umask
