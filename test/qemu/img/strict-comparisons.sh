# qemu-img compare -s: where a difference of what is allocated is told; sizes, backing images.
cd "$(mktemp -d)"
r() { echo "\$ $*"; "$@" 2>&1; echo "rc=$?"; }
qemu-img create -q -f qcow2 a.qcow2 1M; qemu-img create -q -f qcow2 b.qcow2 1M
r qemu-img compare -s a.qcow2 b.qcow2
qemu-io -c 'write -q -P 0 128k 64k' a.qcow2
r qemu-img compare a.qcow2 b.qcow2
r qemu-img compare -s a.qcow2 b.qcow2
r qemu-img compare -s b.qcow2 a.qcow2
qemu-io -c 'write -q -z 128k 64k' b.qcow2
r qemu-img compare -s a.qcow2 b.qcow2
qemu-io -c 'write -q -P 1 512k 4k' a.qcow2 ; qemu-io -c 'write -q -P 1 512k 4k' b.qcow2
r qemu-img compare -s a.qcow2 b.qcow2
qemu-io -c 'write -q -P 2 640k 4k' b.qcow2
r qemu-img compare a.qcow2 b.qcow2
r qemu-img compare -s a.qcow2 b.qcow2
qemu-img create -q -f qcow2 c.qcow2 2M
r qemu-img compare a.qcow2 c.qcow2
r qemu-img compare -s a.qcow2 c.qcow2
qemu-img create -q -f qcow2 d.qcow2 1M; qemu-img create -q -f qcow2 e.qcow2 2M
r qemu-img compare d.qcow2 e.qcow2
r qemu-img compare -s d.qcow2 e.qcow2
qemu-io -c 'write -q -P 0 1536k 64k' e.qcow2
r qemu-img compare d.qcow2 e.qcow2
qemu-io -c 'write -q -P 3 1600k 64k' e.qcow2
r qemu-img compare d.qcow2 e.qcow2
r qemu-img compare e.qcow2 d.qcow2
truncate -s 1M r1; truncate -s 1M r2; printf x | dd of=r1 bs=1 seek=70000 conv=notrunc status=none
r qemu-img compare -s r1 r2; r qemu-img compare r1 r2; r qemu-img compare -s r2 r2; r qemu-img compare -s -f raw -F raw r1 r1
truncate -s 1000000 r3; r qemu-img compare r2 r3; r qemu-img compare -s r2 r3
qemu-img create -q -f qcow2 -b a.qcow2 -F qcow2 o1.qcow2; qemu-img create -q -f qcow2 -b a.qcow2 -F qcow2 o2.qcow2
r qemu-img compare -s o1.qcow2 o2.qcow2; r qemu-img compare -s o1.qcow2 a.qcow2; r qemu-img compare o1.qcow2 a.qcow2
qemu-io -c 'write -q -P 1 512k 4k' o1.qcow2; r qemu-img compare -s o1.qcow2 o2.qcow2; r qemu-img compare o1.qcow2 o2.qcow2
