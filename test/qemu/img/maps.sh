# qemu-img map of a chain with zeroes at each depth, with limits, and what is refused.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@"; local r=$?; [ $r = 0 ] || echo "= $r"; }
qemu-img create -q -f raw base.raw 3M
qemu-io -f raw -c 'write -q -P 1 0 64k' -c 'write -q -P 1 1M 1M' base.raw
qemu-img create -q -f qcow2 -b base.raw -F raw m.qcow2 4M
qemu-img create -q -f qcow2 -o cluster_size=16k -b m.qcow2 -F qcow2 t.qcow2 5M
qemu-io -c 'write -q -P 2 64k 64k' -c 'write -q -z 1M 64k' -c 'write -q -P 3 3500k 10k' m.qcow2
qemu-io -c 'write -q -P 4 0 16k' -c 'write -q -z 16k 16k' -c 'write -q -P 5 4500k 16k' -c 'discard -q 1088k 64k' t.qcow2
img map t.qcow2
img map --output=json t.qcow2
img map --output=json m.qcow2
img map -s 1M -l 1M t.qcow2
img map -s 1M t.qcow2
img map -s 6M t.qcow2
img map -l 0 --output=json t.qcow2
img map -s x t.qcow2
img map -s 100 -l 100 --output=json t.qcow2
img map --max-length=64k --start-offset=32k --output=json t.qcow2
img map --image-opts driver=qcow2,file.filename=t.qcow2,backing=m.qcow2
img map -U t.qcow2
rm base.raw
img map t.qcow2
img map --output=json t.qcow2
