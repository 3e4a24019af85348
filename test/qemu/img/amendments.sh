# qemu-img snapshot of images without snapshots, and amend.
cd "$(mktemp -d)" || exit
t() { echo "\$ $*"; "$@" 2>&1 | grep -v "disk size"; echo "rc=${PIPESTATUS[0]}"; }
qemu-img create -q -f qcow2 a.qcow2 1M; truncate -s 1M a.raw
t qemu-img snapshot -l a.qcow2
t qemu-img snapshot a.qcow2
t qemu-img snapshot -l -f qcow2 a.qcow2
t qemu-img snapshot -l a.raw
t qemu-img snapshot -U -l a.raw
t qemu-img snapshot -a x a.qcow2
t qemu-img snapshot -d x a.qcow2
t qemu-img snapshot -d x a.raw
t qemu-img snapshot -c x a.raw
t qemu-img snapshot -q -l a.qcow2
t qemu-img snapshot -l a.qcow2 b
t qemu-img snapshot -l
t qemu-img snapshot -l none
t qemu-img snapshot -l -c x a.qcow2
t qemu-img snapshot -Z a.qcow2
t qemu-img snapshot -c
t qemu-img snapshot -U -c x a.qcow2
t qemu-img snapshot --image-opts -l driver=qcow2,file.filename=a.qcow2
t qemu-img snapshot --image-opts -l driver=raw,file.filename=a.raw
t qemu-img amend -f qcow2 a.qcow2
t qemu-img amend -f qcow2 -o '' a.qcow2
t qemu-img amend -f qcow2 -o lazy_refcounts=on a.qcow2
t qemu-img info a.qcow2
t qemu-img amend -f qcow2 -o lazy_refcounts=off a.qcow2
t qemu-img amend -o lazy_refcounts=on a.qcow2
t qemu-img amend -o compat=1.1 a.qcow2
t qemu-img amend -o compat=v3 a.qcow2
t qemu-img amend -o compat=0.9 a.qcow2
t qemu-img amend -o bogus=1 a.qcow2
t qemu-img amend -o size=2M a.qcow2
t qemu-img info a.qcow2
t qemu-img amend -o size=1M a.qcow2
t qemu-img amend -o cluster_size=4k a.qcow2
t qemu-img amend -o cluster_size=64k a.qcow2
t qemu-img amend -o preallocation=full a.qcow2
t qemu-img amend -o encryption=on a.qcow2
t qemu-img amend -o refcount_bits=16 a.qcow2
t qemu-img amend -o backing_file=a.raw,backing_fmt=raw a.qcow2
t qemu-img info a.qcow2
t qemu-img amend -o backing_file= a.qcow2
t qemu-img amend -f raw -o size=2M a.raw
t qemu-img amend -f bogus -o size=2M a.raw
t qemu-img amend -o size=2M none
t qemu-img amend a.qcow2 -o
t qemu-img amend -q -o lazy_refcounts=on a.qcow2 b
t qemu-img amend
