# Images of version 2: made, written, turned into version 3 and back.
cd "$(mktemp -d)" || exit
q() { echo "\$ $*"; "$@" 2>&1; local rc=$?; [ $rc = 0 ] || echo "rc=$rc"; }
q qemu-img create -f qcow2 -o compat=0.10 a.qcow2 1M
q qemu-img info a.qcow2 | grep -v "disk size"
q qemu-img info --output=json a.qcow2 | grep -v actual-size
q qemu-io -c 'write -P 1 0 128k' -c 'write -z 64k 64k' -c 'write -z 256k 64k' a.qcow2 | grep -v ops
q qemu-img map a.qcow2
q qemu-img map --output=json a.qcow2
q qemu-img check a.qcow2
q qemu-img create -f qcow2 -o compat=0.10,lazy_refcounts=on b.qcow2 1M
q qemu-img create -f qcow2 -o compat=0.10,refcount_bits=8 b.qcow2 1M
q qemu-img create -f qcow2 -o compat=0.10,cluster_size=4k b.qcow2 1M
q qemu-img create -f qcow2 -o compat=v2 -b a.qcow2 -F qcow2 c.qcow2
q qemu-io -c 'write -z 0 64k' -c 'discard 128k 64k' -c 'read -P 0 0 64k' -c 'read -P 1 0 4k' c.qcow2 | grep -v ops
q qemu-img map --output=json c.qcow2
q qemu-img bitmap --add a.qcow2 bm | sed 's,#block[0-9]*,#block,'
q qemu-img snapshot -c s1 a.qcow2
q qemu-img snapshot -l a.qcow2 | sed -E 's/[0-9]{4}-.*$//'
q qemu-img amend -o compat=1.1 b.qcow2
q qemu-img info b.qcow2 | grep -v "disk size"
q qemu-img amend -o compat=0.10 b.qcow2
q qemu-img info b.qcow2 | grep -v "disk size"
q qemu-img amend -o lazy_refcounts=on b.qcow2
q qemu-img create -f qcow2 d.qcow2 1M
q qemu-io -c 'write -z 0 64k' -c 'write 64k 64k' d.qcow2 | grep -v ops
q qemu-img amend -o compat=0.10 d.qcow2
q qemu-img map --output=json d.qcow2
q qemu-img convert -O qcow2 -o compat=0.10 d.qcow2 e.qcow2
q qemu-img info e.qcow2 | grep -v "disk size"
q qemu-img compare d.qcow2 e.qcow2
q qemu-img rebase -u -b d.qcow2 -F qcow2 e.qcow2
q qemu-img commit e.qcow2
q qemu-img resize e.qcow2 2M
q qemu-img info e.qcow2 | grep -v "disk size"
q qemu-img create -f qcow2 -o compat=2.0 f.qcow2 1M
q qemu-img measure -O qcow2 -o compat=0.10 --size 1G
