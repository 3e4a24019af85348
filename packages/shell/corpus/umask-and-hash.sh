umask; umask 022; umask; hash -r; echo $?
