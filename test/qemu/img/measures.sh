# qemu-img measure with each option of qcow2, and what is refused.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@"; local r=$?; [ $r = 0 ] || echo "= $r"; }
qemu-img create -q -f raw r.raw 10M
qemu-img create -q -f qcow2 q.qcow2 10G
qemu-io -c 'write -q 0 1M' -c 'write -q 5G 100k' q.qcow2
img measure -f raw r.raw
img measure -O qcow2 q.qcow2
img measure --size 0
img measure --size 1 -O qcow2
img measure -O qcow2 -o cluster_size=2M --size 10G
img measure -O qcow2 -o cluster_size=512 --size 10G
img measure -O qcow2 -o cluster_size=3k --size 10G
img measure -O qcow2 -o refcount_bits=64 --size 10G
img measure -O qcow2 -o refcount_bits=1 --size 10G
img measure -O qcow2 -o extended_l2=on --size 10G
img measure -O qcow2 -o lazy_refcounts=on --size 10G
img measure -O qcow2 -o preallocation=full --size 10M
img measure -O qcow2 -o preallocation=metadata --size 10M
img measure -O qcow2 -o compat=0.10 --size 10M
img measure -O qcow2 -o size=5M --size 10M
img measure -O qcow2 -o bogus=1 --size 10M
img measure -O qcow2 --size 9E
img measure -O qcow2 --size -1
img measure -O bogus --size 1
img measure -O qcow2 --image-opts driver=raw,file.filename=r.raw
img measure -l snap q.qcow2
img measure q.qcow2 r.raw
img measure -f bogus q.qcow2
img measure --output=human -O qcow2 --size 64k
img measure -U q.qcow2
img measure -O qcow2 -o backing_file=r.raw,backing_fmt=raw --size 10M
