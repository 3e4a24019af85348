echo 'x=sourced; echo in $1 $#; return 4; echo no' > s.sh
. ./s.sh; echo $? $x
set -- p q; . ./s.sh; source ./s.sh arg; echo $1
echo 'exit 6' > e.sh; (. ./e.sh); echo $?
. ./nofile; echo $?
echo 'nosuchcmd' > err.sh; . ./err.sh
echo 'f() { echo from lib; }' > lib.sh; . ./lib.sh; f
.; echo $?
source /dev/null; echo $?
