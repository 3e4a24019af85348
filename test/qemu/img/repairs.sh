# Images whose counts are wrong, or that say they are damaged: check, check -r leaks, check -r all.
cd "$(mktemp -d)" || exit
q() { echo "\$ $*"; "$@" 2>&1; local rc=$?; [ $rc = 0 ] || echo "rc=$rc"; }
put() { printf "$2" | dd of=x.qcow2 bs=1 seek=$1 conv=notrunc status=none; }
fresh() { echo "== $1"; qemu-img create -q -f qcow2 x.qcow2 1M; qemu-io -c 'write -q -P 3 0 128k' x.qcow2; }
all() { q qemu-img check x.qcow2; q qemu-img check -r leaks x.qcow2; q qemu-img check -r all x.qcow2; q qemu-img check x.qcow2; q qemu-io -c 'read -q -P 3 0 128k' x.qcow2; }
fresh 'a cluster that nobody has'; put 131086 '\0\1'; q qemu-img check x.qcow2; truncate -s 524288 x.qcow2; all
fresh 'two leaks'; truncate -s 655360 x.qcow2; put 131086 '\0\1\0\0\0\3'; all
fresh 'a count too high'; put 131082 '\0\2'; all
fresh 'the count of a table too high'; put 131080 '\0\2'; all
fresh 'two places that are one'; put 262152 '\200\0\0\0\0\5\0\0'; q qemu-img check x.qcow2; q qemu-img check -r leaks x.qcow2; q qemu-img check -r all x.qcow2; q qemu-img check x.qcow2
fresh 'copied, but not marked'; put 262144 '\0\0\0\0\0\5\0\0'; all
fresh 'the corrupt bit'; put 72 '\0\0\0\0\0\0\0\2'; q qemu-img info x.qcow2 | grep corrupt; q qemu-io -c 'read 0 512' x.qcow2; q qemu-img amend -o lazy_refcounts=on x.qcow2; all; q qemu-img info x.qcow2 | grep corrupt
fresh 'the dirty bit'; put 72 '\0\0\0\0\0\0\0\1'; all
fresh 'as JSON'; truncate -s 524288 x.qcow2; put 131086 '\0\1'; q qemu-img check --output=json x.qcow2; q qemu-img check --output=json -r all x.qcow2; q qemu-img check --output=json x.qcow2
fresh 'in silence'; truncate -s 524288 x.qcow2; put 131086 '\0\1'; q qemu-img check -q x.qcow2; q qemu-img check -q -r all x.qcow2; q qemu-img check -q x.qcow2
q qemu-img check -r some x.qcow2
q qemu-img check -r leaks -f raw x.qcow2
