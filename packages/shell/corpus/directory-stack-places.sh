cd /; pushd /tmp > /dev/null; pushd /usr; dirs -v; dirs +1; dirs -0; dirs -l +0; dirs +7; echo $?; dirs -v -1
dirs 1; echo $?; dirs -p +2; dirs -4; dirs x; dirs +0 +1; dirs -c; dirs +1; dirs -v +0
