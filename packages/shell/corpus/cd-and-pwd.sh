cd /; pwd; cd /dev; pwd; cd ..; pwd; cd -; echo $OLDPWD $PWD
cd /nope; echo $?; cd /dev/null; echo $?
HOME=/dev; cd; pwd; cd /; cd dev; pwd; cd ./../dev/.; pwd
cd a b; echo $?
(cd /; pwd); pwd
unset HOME; cd; echo $?
cd ''; echo $?; pwd
cd ///; pwd
