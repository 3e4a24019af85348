# Programs are files: tests, paths, $PATH, scripts that a lab writes, and what the first line of one says.
for p in /usr/bin/dd /bin/dd /usr/sbin/dmsetup /sbin/dmsetup /usr/sbin/multipathd /bin/ls /usr/bin/nosuch /usr/bin/dmsetup; do [ -e $p ] && echo "$p is there"; [ -x $p ] && echo "$p can run"; [ -d $p ] && echo "$p is a directory"; done
type dd dmsetup multipath; command -v dd dmsetup blockdev; ls -d /bin/dd /sbin/dmsetup
printf '#!/bin/bash\necho "$0 got $# arguments: $*"\n' > /tmp/one; chmod +x /tmp/one
one a; echo "rc=$?"; PATH=/tmp:$PATH one a 'b c'; PATH=$PATH:/tmp; one; type one; command -v one; /tmp/one x; cd /tmp; ./one y; cd /
printf 'echo "no first line: $0 $1"\n' > /tmp/two; chmod +x /tmp/two; two z
printf '#!/bin/bash -e\nfalse\necho "not here"\n' > /tmp/three; chmod +x /tmp/three; three; echo "rc=$?"
printf '#!/usr/bin/env bash\necho "env: $0 $1"\n' > /tmp/four; chmod +x /tmp/four; four 4
printf '#!/usr/bin/sed 2d\n' > /tmp/five; chmod +x /tmp/five; printf 'a\nb\n' > /tmp/in; five /tmp/in; echo "rc=$?"
printf '#!/nosuch/program\n' > /tmp/six; chmod +x /tmp/six; six; echo "rc=$?"
echo 'echo seven' > /tmp/seven; seven; echo "rc=$?"; /tmp/seven; echo "rc=$?"
timeout 5 one t; env one e; echo x | xargs one; env X=1 four "f"
printf '#!/bin/bash\necho "mine: $*"\n' > /tmp/seq; chmod +x /tmp/seq; PATH=/tmp:/usr/bin seq 1 2; seq 1 2
(PATH=/usr/bin; dmsetup ls; echo "rc=$?"); (PATH=; ls; echo "rc=$?"); (unset PATH; ls; echo "rc=$?")
mkdir -p /usr/local/bin; cp /tmp/one /usr/local/bin/installed; PATH=$PATH:/usr/local/bin; installed i; cp /tmp/one /usr/bin/eight; eight; rm /usr/bin/eight
exec three; echo "not here"
