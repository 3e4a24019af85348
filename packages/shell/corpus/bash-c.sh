bash -c 'echo $0 $1 $#' name arg
bash -c 'exit 3'; echo $?
bash -ec 'false; echo no'; echo $?
bash -xc 'echo t'
bash -uc 'echo $x'; echo $?
bash -c 'nosuch'; echo $?
echo 'echo from stdin $1' | bash -s arg
echo 'echo plain' | bash
printf 'echo file $0 $1\n' > f.sh; bash f.sh a; sh f.sh b
bash nofile; echo $?
bash -c 'echo ${x:?msg}'; echo $?
bash -c 'if'; echo $?
bash -c 'echo a; kill -TERM $$'; echo $?
x=1; bash -c 'echo [$x]'; export x; bash -c 'echo [$x]'
bash -c 'trap "echo bye" EXIT; echo hi'
bash -o pipefail -c 'false | true'; echo $?
