# qemu-img resize: signs, suffixes, images on a backing file, and what is refused.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@"; local r=$?; [ $r = 0 ] || echo "= $r"; }
size() { qemu-img info "$1" | sed -n 's/virtual size/size/p'; }
qemu-img create -q -f raw a.raw 1M
img resize a.raw 2M
img resize -f raw a.raw +512; size a.raw
img resize -q -f raw --shrink a.raw -- -512
img resize -f raw --shrink a.raw -512; size a.raw
img resize -f raw a.raw 0
img resize -f raw --shrink a.raw 0; size a.raw
img resize -f raw a.raw 1000; size a.raw
img resize -f raw a.raw 1G; size a.raw
img resize -f raw a.raw 1.5G; size a.raw
img resize -f raw a.raw +9E
img resize -f raw a.raw 16E
img resize -f raw a.raw +x
img resize -f raw a.raw
img resize
qemu-img create -q -f qcow2 q.qcow2 1G; qemu-io -c 'write -q -P 1 0 1M' -c 'write -q -P 2 900M 1M' q.qcow2
img resize q.qcow2 1000000; size q.qcow2
img resize --shrink q.qcow2 1000000; size q.qcow2
img check q.qcow2
img resize q.qcow2 1T; size q.qcow2
qemu-io -c 'read -q -P 1 0 1000000' -c 'read -q -P 0 1000448 64k' -c 'read -q -P 0 900M 1M' q.qcow2
img resize --preallocation=bogus q.qcow2 1025G
img resize --preallocation=full --shrink q.qcow2 1G
qemu-img create -q -f qcow2 -b a.raw -F raw o.qcow2; qemu-img resize -q --shrink o.qcow2 1M; img resize o.qcow2 3G
img map o.qcow2
img resize --image-opts driver=qcow2,file.filename=o.qcow2 +1M; size o.qcow2
img resize -f qcow2 a.raw 1M
img resize -f bogus a.raw 1M
