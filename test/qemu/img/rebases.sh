# qemu-img rebase: safe and unsafe, onto a shorter and a longer image, onto none, and what is refused.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@"; local r=$?; [ $r = 0 ] || echo "= $r"; }
qemu-img create -q -f raw short.raw 512k; qemu-io -f raw -c 'write -q -P 1 0 512k' short.raw
qemu-img create -q -f raw long.raw 2M; qemu-io -f raw -c 'write -q -P 2 0 2M' long.raw
qemu-img create -q -f qcow2 -b long.raw -F raw t.qcow2 2M
qemu-io -c 'write -q -P 9 64k 4k' -c 'write -q -z 1M 64k' t.qcow2
img rebase -b short.raw -F raw t.qcow2
img map t.qcow2
qemu-io -c 'read -q -P 2 0 64k' -c 'read -q -P 9 64k 4k' -c 'read -q -P 2 68k 956k' -c 'read -q -P 0 1M 64k' -c 'read -q -P 2 1088k 960k' t.qcow2
img rebase -p -b long.raw -F raw t.qcow2
img rebase -b '' t.qcow2
qemu-img info t.qcow2 | grep -v 'disk size'
img map --output=json t.qcow2
qemu-img create -q -f qcow2 -b t.qcow2 -F qcow2 u.qcow2
qemu-img create -q -f qcow2 -b u.qcow2 -F qcow2 v.qcow2
qemu-io -c 'write -q -P 4 128k 64k' u.qcow2
img rebase -b t.qcow2 -F qcow2 v.qcow2
img map v.qcow2
qemu-io -c 'read -q -P 4 128k 64k' v.qcow2
img rebase -u -b u.qcow2 -F qcow2 v.qcow2
img compare u.qcow2 v.qcow2
img rebase -u -b u.qcow2 v.qcow2
img rebase -f bogus -b u.qcow2 -F qcow2 v.qcow2
img rebase -u -b u.qcow2 -F qcow2 short.raw
img rebase v.qcow2
img rebase
img rebase -b t.qcow2 -F qcow2 v.qcow2 w.qcow2
img rebase -f qcow2 -b nosuch -F qcow2 v.qcow2
img check v.qcow2
