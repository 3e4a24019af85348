# qemu-img bench.
exec 2>&1
r() { echo "\$ $*"; "$@"; echo "= $?"; }
io() { echo "\$ qemu-io $*"; qemu-io "$@" | sed -E "s/^[0-9.]+ [KMG]?i?B.*ops; .*/N ops/; s/^[0-9]+ (KiB|MiB|GiB|bytes).*ops; .*/N ops/"; echo "= ${PIPESTATUS[0]}"; }
b() { echo "\$ qemu-img bench $*"; qemu-img bench "$@" | sed -E 's/in [0-9.]+ seconds/in N seconds/'; echo "= ${PIPESTATUS[0]}"; }
qemu-img create -q -f qcow2 t.qcow2 1M
b -c 10 t.qcow2
b -c 10 -w t.qcow2
r qemu-img map t.qcow2
b -c 4 -d 2 -s 64k -o 128k -S 128k -w --pattern=7 t.qcow2
io -c 'read -P 7 128k 64k' -c 'read -P 0 192k 64k' -c 'read -P 7 256k 64k' t.qcow2
b -c 20 -w --flush-interval=5 t.qcow2
b -c 20 --flush-interval=5 t.qcow2
b -c 20 -w --no-drain --flush-interval=40 -d 2 t.qcow2
b -c 20 -w --flush-interval=10 -d 4 t.qcow2
b -c 20 -w --flush-interval=x t.qcow2
b -c 5 -d x t.qcow2
b -q -c 5 t.qcow2
b -c 0 t.qcow2
b -c x t.qcow2
b -c 5 -s 0 t.qcow2
b -c 5 -s 3G t.qcow2
b -c 5 -S 0 t.qcow2
b -c 5 -o 1M t.qcow2
b -c 5 -o -1 t.qcow2
b -c 5 --pattern=300 -w t.qcow2
b -c 5 nosuch
b
b t.qcow2 t.qcow2
b -c 5 -t bogus t.qcow2
b -c 5 -t none t.qcow2
b -c 5 -n t.qcow2
b -c 5 -i threads t.qcow2
b -c 5 -i bogus t.qcow2
b -f raw -c 300 -s 4k t.qcow2
b -c 5 -U t.qcow2
b -c 5 --image-opts driver=qcow2,file.filename=t.qcow2
