x=1; (echo a $x) > file$((x = 5)); echo $x; cat file5; (cat; echo b) < file5 | cat
(echo hi) > /nodir/x; echo $?; trap 'echo failed $LINENO' ERR; (echo hi) > /nodir/x; echo $?; set -E; (echo hi) > /nodir/x; echo $?; (false) > /dev/null; set +E; trap - ERR
(set -e; (echo hi) > /nodir/x; echo not here); echo $?; (read l; echo $l) < file5; while read l; do (cat); done < file5
(cat <<X
here $x
X
) <<Y
not here
Y
(cat) <<< abc; y=$( (echo q) 2>&1); echo $y; set -x; (:) > /dev/null; (:) 2> trace; cat trace; set +x
