# qemu-img convert: several sources, options of nodes, -S, -m, -n, progress, and what is refused.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@"; local r=$?; [ $r = 0 ] || echo "= $r"; }
qemu-img create -q -f raw a.raw 1M; qemu-io -f raw -c 'write -q -P 1 0 64k' -c 'write -q -P 2 512k 4k' a.raw
qemu-img create -q -f qcow2 b.qcow2 1M; qemu-io -c 'write -q -P 3 0 128k' -c 'write -q -z 256k 64k' b.qcow2
img convert -O qcow2 a.raw b.qcow2 ab.qcow2
img convert -f raw -O qcow2 a.raw a.raw aa.qcow2
img map --output=json aa.qcow2
img info aa.qcow2 | grep -v 'disk size'
img convert -p -O raw b.qcow2 b.raw
img convert -S 0 -O qcow2 b.qcow2 s0.qcow2
img map --output=json s0.qcow2
img convert -S 4k -f raw -O qcow2 a.raw s4.qcow2
img map s4.qcow2
img convert -S 1x -O qcow2 b.qcow2 x
img convert -S 300 -O qcow2 b.qcow2 x
img convert -m 17 -O qcow2 b.qcow2 x
img convert -m 0 -O qcow2 b.qcow2 x
img convert -W -m 4 -O raw b.qcow2 w.raw
img compare -f raw -F raw b.raw w.raw
img convert -t none -T none -O qcow2 b.qcow2 tn.qcow2
img convert -t bogus -O qcow2 b.qcow2 x
img convert -n -O raw b.qcow2 w.raw
img convert --target-is-zero -O raw b.qcow2 w.raw
img convert -n --target-is-zero -O raw b.qcow2 w.raw
img convert -l snap -O raw b.qcow2 x
img convert --salvage -O raw b.qcow2 x.raw
img convert -o preallocation=bogus -O qcow2 b.qcow2 x
img convert -o backing_file=a.raw,backing_fmt=raw -O qcow2 b.qcow2 bb.qcow2
img info bb.qcow2 | grep -v 'disk size'
img convert
img convert b.qcow2
img convert -O raw nosuch nosuch2
img convert -U -O raw b.qcow2 u.raw
img convert -r 1M -O raw b.qcow2 u.raw
img convert --image-opts driver=qcow2,file.filename=b.qcow2 -O raw io.raw
img compare -f raw -F raw io.raw b.raw
img convert --image-opts driver=raw,file.filename=a.raw,offset=512k,size=64k -O raw part.raw
qemu-io -f raw -c length -c 'read -q -P 2 0 4k' part.raw
img convert --image-opts b.qcow2 -O raw io.raw
