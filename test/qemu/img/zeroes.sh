# Clusters of zeroes in an image: written, discarded, mapped, committed.
exec 2>&1
qemu-img create -q -f raw base.raw 1M
qemu-io -f raw -c 'write -q 0 1M' base.raw
qemu-img create -q -f qcow2 -b base.raw -F raw t.qcow2
io() { echo "\$ qemu-io $*"; qemu-io "$@" t.qcow2; echo "= $?"; }
img() { echo "\$ qemu-img $*"; qemu-img "$@"; echo "= $?"; }
io -c 'write -q -z 0 128k' -c 'write -q -P 7 256k 128k' -c 'write -q -z 256k 64k'
io -c 'write -q -z 448k 4k' -c 'write -q -z 576k 68k'
img map --output=json t.qcow2
img map t.qcow2
io -c map -c 'alloc 0 1M'
img check t.qcow2
img check -r all t.qcow2
img check -r bogus t.qcow2
io -c 'read -q -P 0 0 128k' -c 'read -q -P 0 256k 128k'
io -c 'write -q -P 9 0 4k' -c 'read -q -P 0 4k 124k' -c 'read -q -P 9 0 4k'
io -c 'discard -q 704k 64k' -c 'discard -q 320k 128k'
img map --output=json t.qcow2
io -c 'write -z -P 3 0 4k'
io -c 'write -u 0 4k'
io -c 'write -z'
io -c 'discard 0'
io -c 'discard 2M 1k'
io -c 'write x 1k'
io -c 'write 0 x'
io -c 'writev -q -P 4 0 1k 2k' -c 'readv -q -P 4 0 1k 2k' -c 'aio_write -q -P 6 4k 4k' -c aio_flush -c 'read -q -P 6 4k 4k'
img commit t.qcow2
io -c 'read -q -P 4 0 3k' -c 'read -q -P 6 4k 4k' -c 'read -q -P 0 8k 120k' -c 'read -q -P 205 128k 128k' -c 'read -q -P 0 704k 64k' -c map
io -c 'write -q -z -u 320k 64k' -c 'read -q -P 0 320k 64k'
img map --output=json t.qcow2 | tail -1
