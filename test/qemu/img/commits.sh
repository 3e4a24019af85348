# qemu-img commit with -b, -d, into a smaller image, and what is refused.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@"; local r=$?; [ $r = 0 ] || echo "= $r"; }
qemu-img create -q -f raw base.raw 1M; qemu-io -f raw -c 'write -q -P 1 0 1M' base.raw
qemu-img create -q -f qcow2 -b base.raw -F raw a.qcow2
qemu-img create -q -f qcow2 -b a.qcow2 -F qcow2 b.qcow2 2M
qemu-img create -q -f qcow2 -b b.qcow2 -F qcow2 c.qcow2
qemu-io -c 'write -q -P 2 64k 64k' a.qcow2
qemu-io -c 'write -q -P 3 128k 64k' -c 'write -q -P 33 1536k 64k' b.qcow2
qemu-io -c 'write -q -P 4 192k 64k' -c 'write -q -z 256k 64k' c.qcow2
img commit -d c.qcow2
img map c.qcow2
img commit c.qcow2
img map c.qcow2
img commit -b a.qcow2 c.qcow2
img info c.qcow2 | grep -v 'disk size'
img info a.qcow2 | grep -v 'disk size'
img commit -b base.raw a.qcow2
ls -l base.raw | awk '{print $5}'
qemu-io -f raw -c 'read -q -P 2 64k 64k' -c 'read -q -P 3 128k 64k' -c 'read -q -P 4 192k 64k' -c 'read -q -P 0 256k 64k' -c 'read -q -P 33 1536k 64k' base.raw
img commit -b nosuch a.qcow2
img commit -p -q a.qcow2
img commit -r 1M a.qcow2
img commit -r x a.qcow2
img commit -t bogus a.qcow2
img commit -t none a.qcow2
img commit base.raw
img commit
chmod 444 base.raw
img check a.qcow2
img commit -f raw a.qcow2
