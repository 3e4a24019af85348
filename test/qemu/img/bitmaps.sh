# qemu-img bitmap: bitmaps that an image keeps, and what is refused of them.
exec 2>&1
b() { echo "\$ bitmap $*"; qemu-img bitmap "$@" || echo "= $?"; }
show() { qemu-img info "$1" | grep -v 'disk size'; }
qemu-img create -q -f qcow2 b.qcow2 1M
qemu-img create -q -f qcow2 -o cluster_size=512 small.qcow2 1M
b --add b.qcow2 p
b --add --disable -g 4096 b.qcow2 q
b --add small.qcow2 s
show b.qcow2
show small.qcow2
qemu-img info --output=json b.qcow2 | grep -v actual-size
b --add b.qcow2 p
b --remove b.qcow2 nosuch
b --clear b.qcow2 nosuch
b b.qcow2 p
b --add b.qcow2
b --add b.qcow2 p extra
b --add -g 100 b.qcow2 z
b --add -g x b.qcow2 z
b --merge p -g 512 b.qcow2 q
b --bogus b.qcow2 p
b --add /nosuch p
b --merge nosuch b.qcow2 p
b --merge q b.qcow2 nosuch
b --clear --enable --merge p b.qcow2 q
b --add --disable -g 1M b.qcow2 r
b --remove b.qcow2 p
b --add --enable b.qcow2 p
show b.qcow2
qemu-io -c 'write -q -P 1 0 64k' b.qcow2
qemu-img check b.qcow2 | head -1
qemu-img resize -q b.qcow2 2M
show b.qcow2 | head -3
b --remove b.qcow2 p; b --remove b.qcow2 q; b --remove b.qcow2 r
show b.qcow2 | grep -c bitmaps || true
