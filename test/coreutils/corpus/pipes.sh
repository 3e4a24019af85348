# pipes: programs together, as labs use them.
cd /tmp/case
echo "== a writer without readers ends"; yes | head -n 2; seq 1 100000 | head -n 3; echo "${PIPESTATUS[@]}"
echo "== cat dies of SIGPIPE"; seq 1 200000 | cat | sed 3q; echo "${PIPESTATUS[@]}"
echo "== counts of a large stream"; seq 1 50000 | wc; seq 1 50000 | md5sum; seq 1 50000 | tail -n 2
echo "== a while loop reads what head leaves"; printf '1\n2\n3\n' >f; { head -n 1; cat; } <f
echo "== sed q leaves the rest"; { sed -n 1q; cat; } <f
echo "== grep -m leaves the rest"; { grep -m1 1; cat; } <f
echo "== sort and uniq"; printf 'b\na\nb\n' | sort | uniq -c | sort -rn | awk '{print $2, $1}'
echo "== cut out of a file"; printf 'x 1\ny 2\n' >g; while read -r a b; do echo "$b$a"; done <g | tr 1-2 a-b
echo "== tee to two"; echo t | tee h | cat - h; cat h
echo "== xargs with find"; mkdir -p d/e; touch d/e/z d/a; find d -type f | sort | xargs -n1 basename
echo "== xargs in the middle"; seq 1 5 | xargs -n2 | tac
echo "== stdin of a loop is not taken by xargs"; printf '1\n2\n' | while read -r i; do echo x | xargs echo "$i"; done
echo "== binary data survives"; head -c 256 /dev/zero | tr '\0' '\377' | od -An -tx1 -N4; printf '\200\377\0\n' | cat | od -c
echo "== sed -i and awk write files"; sed -i 's/x/X/' g; awk '{print > "out." NR}' g; cat out.1 out.2
echo "== timeout ends a pipeline's part"; timeout 0.2 yes >/dev/null; echo $?; timeout 0.2 sleep 5 | cat; echo "${PIPESTATUS[0]}"
echo "== timeout passes signals on"; timeout 5 bash -c 'trap "echo got TERM; exit 3" TERM; sleep 2 & wait' & p=$!; sleep 0.3; kill $p; wait $p; echo $?
echo "== env runs a program"; env X=1 printenv X; env X=2 timeout 1 printenv X
echo "== standard error in order"; { grep x nope f; ls nope f; } 2>&1
echo "== a closed output"; echo x | cat >&-; echo ${PIPESTATUS[1]}
echo "== a full device"; ls / >/dev/null; seq 3 | sed 's/$/!/' | paste -sd+
echo "== numbers from ls"; ls d | wc -l; ls d/* | cat
echo "== head of many files"; head -n1 f g; tail -qn1 f g
echo "== diff of two pipes' files"; seq 1 10 >l; seq 1 10 | sed 5d >r; diff l r; diff l l && echo same
echo "== cmp says where"; cmp l r; cmp -s l r; echo $?
echo "== dd-less data"; seq 1 2000 >in; truncate -s 8192 in; md5sum <in; cp in out; cmp in out && echo same; wc -c in
echo "== od of a hole"; truncate -s 64 hole; od -Ax -tx1 hole; od -v -An -tx1 hole | wc -l
echo "== awk visits its arrays as busybox does"; awk 'BEGIN{for(i=0;i<40;i++)a[i];for(k in a)printf "%s ",k;print ""}'; awk 'BEGIN{n=split("sda sdb sdc sdd dm-0 dm-1 mpatha mpathb foo bar the quick brown fox jumps over lazy dog one two three four five six seven eight nine ten eleven twelve a b c d e f",w);for(i=1;i<=n;i++)a[w[i]]=i;for(k in a)printf "%s ",k;print ""}'; printf 'b 1\na 2\nb 3\nc 4\n' | awk '{s[$1]+=$2} END{for(k in s) print k,s[k]}'
echo "== awk visits large arrays as busybox does"; for n in 488 489 2000; do awk -v n=$n 'BEGIN{for(i=1;i<=n;i++)a[i];for(k in a)print k}' | md5sum; done
