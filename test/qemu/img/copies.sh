# qemu-img measure, dd, resize --shrink of images.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@"; echo "= $?"; }
qemu-img create -q -f qcow2 a.qcow2 4M
qemu-io -c 'write -q -P 1 0 64k' -c 'write -q -P 2 1M 100k' -c 'write -q -z 2M 128k' -c 'write -q -P 3 3M 1M' a.qcow2
qemu-img create -q -f raw r.raw 3M
qemu-io -f raw -c 'write -q -P 1 0 64k' -c 'write -q -P 2 1M 64k' r.raw
img measure -O qcow2 a.qcow2
img measure -O raw a.qcow2
img measure a.qcow2
img measure -f raw -O qcow2 r.raw
img measure -f raw -O raw r.raw
img measure -O qcow2 --size 1G
img measure -O qcow2 --size 100T
img measure -O raw --size 1000
img measure -O qcow2 --size 1000
img measure -O qcow2 -o cluster_size=4k --size 1G
img measure --output=json -O qcow2 a.qcow2
img measure --output=json -O qcow2 --size 1G
img measure
img measure -O bogus a.qcow2
img measure -O qcow2 --size 1G a.qcow2
img measure -O qcow2 --size x
img measure -O qcow2 nosuch
img measure --output=bogus a.qcow2
img dd if=a.qcow2 of=b.raw bs=64k count=2
img info b.raw
qemu-io -f raw -c 'read -q -P 1 0 64k' -c 'read -q -P 0 64k 64k' b.raw
img dd -f qcow2 -O raw if=a.qcow2 of=c.raw bs=1M skip=1
qemu-io -f raw -c length -c 'read -q -P 2 0 100k' -c 'read -q -P 3 2M 1M' c.raw
img dd -O qcow2 if=a.qcow2 of=d.qcow2 bs=1M skip=1 count=3
qemu-io -c length -c 'read -q -P 2 0 100k' d.qcow2
img dd if=a.qcow2 of=e.raw bs=1M skip=9
img dd if=nosuch of=x
img dd bs=64k
img dd if=a.qcow2 of=x bs=0
img dd if=a.qcow2 of=x bs=z
img dd if=a.qcow2 of=x count=z
img dd if=a.qcow2 of=x bogus=1
img dd if=a.qcow2 of=x bogus
img dd -O bogus if=a.qcow2 of=x
img resize a.qcow2 2M
img resize --shrink a.qcow2 2M
img check a.qcow2
qemu-io -c length -c 'read -q -P 2 1M 100k' -c map a.qcow2
img resize a.qcow2 4M
qemu-io -c 'read -q -P 0 3M 1M' -c map a.qcow2
