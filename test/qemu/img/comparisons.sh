# qemu-img compare: strict, of different sizes, by options of nodes, and what is refused.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@"; echo "= $?"; }
qemu-img create -q -f raw a.raw 1M; qemu-io -f raw -c 'write -q -P 1 0 64k' a.raw
cp a.raw b.raw
qemu-io -f raw -c 'write -q -P 7 33280 512' b.raw
img compare -f raw -F raw a.raw b.raw
img compare a.raw b.raw
img compare -p -f raw -F raw a.raw a.raw
qemu-img create -q -f qcow2 c.qcow2 1M
qemu-io -c 'write -q -P 1 0 64k' c.qcow2
img compare -f raw a.raw c.qcow2
img compare -s -f raw a.raw c.qcow2
qemu-img resize -q c.qcow2 2M
img compare -f raw a.raw c.qcow2
img compare -s -f raw a.raw c.qcow2
qemu-io -c 'write -q -z 1M 64k' c.qcow2
img compare -f raw a.raw c.qcow2
qemu-io -c 'write -q -P 5 1536k 4k' c.qcow2
img compare -f raw a.raw c.qcow2
img compare -f raw c.qcow2 a.raw
img compare -q -f raw a.raw c.qcow2
img compare -U -f raw a.raw c.qcow2
img compare
img compare a.raw b.raw c.qcow2
img compare nosuch a.raw
img compare -T bogus a.raw b.raw
img compare --image-opts driver=raw,file.filename=a.raw driver=raw,file.filename=b.raw
img info 'json:{"driver":"raw","file":{"driver":"file","filename":"a.raw"}}' | grep -v 'disk size'
img info blkdebug::a.raw | grep -v 'disk size'
img info blkdebug:nosuch:a.raw
