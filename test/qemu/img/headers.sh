# Headers with which an image can not be opened, or not be written to.
cd "$(mktemp -d)" || exit
q() { echo "\$ $*"; "$@" 2>&1; local rc=$?; [ $rc = 0 ] || echo "rc=$rc"; }
put() { printf "$2" | dd of=x.qcow2 bs=1 seek=$1 conv=notrunc status=none; }
fresh() { qemu-img create -q -f qcow2 x.qcow2 1M; qemu-io -c 'write -q 0 128k' x.qcow2; }
try() { echo "== $1"; fresh; put $2 "$3"; q qemu-img info x.qcow2 | grep -v 'disk size'; q qemu-io -c 'read 0 512' x.qcow2 | grep -v ops; }
try "version 4" 4 '\0\0\0\4'
try "cluster bits 8" 20 '\0\0\0\10'
try "cluster bits 22" 20 '\0\0\0\26'
try "header length 72" 100 '\0\0\0\110'
try "header length too long" 100 '\0\2\0\0'
try "unknown incompatible feature" 72 '\0\0\0\0\0\0\1\0'
try "corrupt bit" 72 '\0\0\0\0\0\0\0\2'
try "compression bit" 72 '\0\0\0\0\0\0\0\10'
try "unknown compatible feature" 80 '\0\0\0\0\0\0\1\0'
try "refcount order 7" 96 '\0\0\0\7'
try "crypt method 3" 32 '\0\0\0\3'
try "no l1" 36 '\0\0\0\0'
try "l1 too large" 36 '\1\0\0\0'
try "l1 huge" 36 '\177\377\377\377'
try "l1 offset unaligned" 40 '\0\0\0\0\0\3\0\1'
try "refcount table unaligned" 48 '\0\0\0\0\0\1\0\1'
try "refcount table huge" 56 '\177\377\377\377'
try "refcount table of none" 56 '\0\0\0\0'
try "snapshots huge" 60 '\177\377\377\377'
try "snapshot offset unaligned" 60 '\0\0\0\1\0\0\0\0\0\1\0\1'
try "size huge" 24 '\177\377\377\377\377\377\377\377'
try "backing name too long" 8 '\0\0\0\0\0\0\2\0\0\0\4\1'
try "backing offset high" 8 '\0\0\0\0\0\2\0\0\0\0\0\4'
try "magic" 0 'QFX'
echo "== cut"; fresh; truncate -s 100 x.qcow2; q qemu-img info x.qcow2 | grep -v 'disk size'; q qemu-img info -f qcow2 x.qcow2
echo "== short"; fresh; truncate -s 65536 x.qcow2; q qemu-img info x.qcow2 | grep -v 'disk size'; q qemu-img check x.qcow2
