# Images whose clusters have a place before anything is written.
cd "$(mktemp -d)" || exit
q() { echo "\$ $*"; "$@" 2>&1; local rc=$?; [ $rc = 0 ] || echo "rc=$rc"; }
for p in off metadata falloc full none; do
 q qemu-img create -f qcow2 -o preallocation=$p $p.qcow2 2M
 q qemu-img info $p.qcow2 | grep -v 'disk size'
 stat -c %s $p.qcow2 2>&1
 q qemu-img map --output=json $p.qcow2
 q qemu-img check $p.qcow2
done
for p in off metadata full; do q qemu-img create -f raw -o preallocation=$p $p.raw 1M; stat -c '%s %b' $p.raw;  q qemu-img map --output=json $p.raw; done
q qemu-img create -f qcow2 -o preallocation=metadata -b full.qcow2 -F qcow2 ovl.qcow2
q qemu-img map --output=json ovl.qcow2
q qemu-img resize --preallocation=metadata off.qcow2 3M
q qemu-img resize -f raw --preallocation=full off.raw 2M; q qemu-img map --output=json off.raw
q qemu-img map --output=json off.qcow2
q qemu-img convert -O qcow2 -o preallocation=metadata full.raw c.qcow2
stat -c %s c.qcow2
q qemu-img map --output=json c.qcow2
q qemu-img create -f qcow2 -o preallocation=metadata,cluster_size=4k small.qcow2 256k
stat -c %s small.qcow2
q qemu-img map --output=json small.qcow2
q qemu-io -c 'write -P 5 0 64k' -c 'read -P 0 64k 64k' metadata.qcow2 | grep -v ops
q qemu-img map --output=json metadata.qcow2
q qemu-img measure -O qcow2 -o preallocation=metadata --size 1M
