# qemu-img convert with other clusters, onto an image that is there, and onto a backing file.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@" || echo "= $?"; }
show() { qemu-img info "$1" | grep -v 'disk size'; qemu-img map --output=json "$1"; }
qemu-img create -q -f raw base.raw 2M
qemu-io -f raw -c 'write -q -P 1 0 512k' base.raw
qemu-img create -q -f qcow2 -b base.raw -F raw top.qcow2
qemu-io -c 'write -q -P 2 64k 64k' -c 'write -q -z 256k 64k' -c 'write -q -P 1 128k 64k' top.qcow2
img convert -O qcow2 -o cluster_size=4096 top.qcow2 small.qcow2
qemu-img info small.qcow2 | grep cluster_size
img compare top.qcow2 small.qcow2
img convert -O qcow2 -o cluster_size=3000 top.qcow2 x.qcow2
img convert -O qcow2 -o bogus=1 top.qcow2 x.qcow2
img convert -O qcow2 -B base.raw -F raw top.qcow2 over.qcow2
show over.qcow2
img compare top.qcow2 over.qcow2
img convert -O qcow2 -B base.raw top.qcow2 x.qcow2
img convert -O qcow2 -B nosuch -F raw top.qcow2 x.qcow2
img convert -O raw -B base.raw -F raw top.qcow2 x.raw
img convert -O qcow2 -F raw top.qcow2 x.qcow2
qemu-img create -q -f raw there.raw 3M
qemu-io -f raw -c 'write -q -P 9 0 3M' there.raw
img convert -n -O raw top.qcow2 there.raw
img compare -f qcow2 -F raw top.qcow2 there.raw
qemu-io -f raw -c 'read -q -P 9 2M 1M' -c 'read -q -P 0 256k 64k' there.raw
qemu-img create -q -f qcow2 there.qcow2 2M
qemu-io -c 'write -q -P 9 0 2M' there.qcow2
img convert -n -O qcow2 top.qcow2 there.qcow2
img compare top.qcow2 there.qcow2
qemu-img create -q -f raw less.raw 1M
img convert -n -O raw top.qcow2 less.raw
img convert -n -O raw top.qcow2 nosuch.raw
img convert -n -O qcow2 top.qcow2 less.raw
img convert -n -O qcow2 -o cluster_size=4096 top.qcow2 there.qcow2
img convert -n -O qcow2 -B base.raw -F raw top.qcow2 there.qcow2
img create -f qcow2 -o bogus=1 x.qcow2 1M
true
