# qemu-img bitmap, convert and measure with bitmaps of other images.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@"; local r=$?; [ $r = 0 ] || echo "= $r"; }
qemu-img create -q -f qcow2 a.qcow2 4M
img bitmap --add a.qcow2 p
img bitmap --add -g 1M a.qcow2 q
qemu-io -c 'write -q -P 1 1M 64k' a.qcow2
img bitmap --disable a.qcow2 q
qemu-io -c 'write -q -P 1 3M 64k' a.qcow2
img info a.qcow2 | grep -v 'disk size'
img measure -O qcow2 a.qcow2
img measure --output=json -O qcow2 a.qcow2
img convert --bitmaps -O qcow2 a.qcow2 b.qcow2
img info b.qcow2 | grep -v 'disk size'
img convert --bitmaps --skip-broken-bitmaps -O qcow2 a.qcow2 c.qcow2
img convert --skip-broken-bitmaps -O qcow2 a.qcow2 c.qcow2
img convert --bitmaps -O raw a.qcow2 c.raw
img create -q -f qcow2 -b a.qcow2 -F qcow2 t.qcow2
img bitmap --add t.qcow2 m
img bitmap --merge p -b a.qcow2 -F qcow2 t.qcow2 m
img bitmap --merge q -b a.qcow2 -F qcow2 t.qcow2 m
img bitmap --merge nosuch -b a.qcow2 -F qcow2 t.qcow2 m
img bitmap --merge p -b nosuch -F qcow2 t.qcow2 m
img bitmap --merge p -F qcow2 t.qcow2 m
qemu-img map t.qcow2 | awk "{print \$1, \$2, \$4}"
img map --image-opts driver=qcow2,file.filename=t.qcow2,backing=
img info --output=json t.qcow2 | grep -v actual-size
qemu-img check a.qcow2 | head -2
img info a.qcow2 | grep -v 'disk size'
img rebase -b '' t.qcow2
img info t.qcow2 | grep -v 'disk size'
img bitmap --add -f raw x p
img bitmap --add --image-opts driver=qcow2,file.filename=a.qcow2 z
img bitmap --remove --image-opts driver=qcow2,file.filename=a.qcow2 z
img bitmap a.qcow2
img bitmap --add --remove a.qcow2 y
img bitmap --enable --disable a.qcow2 p
