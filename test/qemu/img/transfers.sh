# qemu-io: lengths, patterns, options, and what is refused.
exec 2>&1
io() { echo "\$ qemu-io $*"; qemu-io "$@" | sed -E 's/^[0-9.]+ [KMG]i?B.*ops; .*/N ops/; s/^[0-9]+ (KiB|MiB|GiB|bytes).*ops; .*/N ops/'; echo "= ${PIPESTATUS[0]}"; }
qemu-img create -q -f qcow2 t.qcow2 4M
io -c 'write 0 4k' t.qcow2
io -c 'write 512 100' t.qcow2
io -c 'write -P 300 0 4k' t.qcow2
io -c 'write -P -1 0 4k' t.qcow2
io -c 'write -P 0x1g 0 4k' t.qcow2
io -c 'write -n 0 4k' -c 'write -f 0 4k' -c 'write -zu 0 64k' t.qcow2
io -c 'read -P 1 -s 512 -l 512 0 4k' t.qcow2
io -c 'write -q -P 1 0 4k' -c 'read -P 1 -s 512 -l 512 0 4k' -c 'read -v 0 32' t.qcow2
io -c 'read 0' -c 'read' -c 'read 0 1 2' -c 'read -x 0 1' t.qcow2
io -c 'read 4M 512' -c 'read 3584k 1M' -c 'write 4M 512' -c 'write 100G 512' t.qcow2
io -c 'write 1E 512' -c 'write -5 512' -c 'write 0 -5' -c 'write 0 3G' t.qcow2
io -c 'readv 0 4k 4k' -c 'writev -P 3 0 4k 8k' -c 'writev -P 3 0' -c 'readv -v 0 16 16' t.qcow2
io -c 'aio_read 0 64k' -c 'aio_write -P 4 64k 64k' -c 'aio_flush' t.qcow2
io -c 'aio_write -z 64k 64k' -c 'aio_flush' -c 'aio_read -P 0 64k 64k' -c aio_flush t.qcow2
io -c 'flush' -c 'truncate 8M' -c 'length' -c 'truncate -1' -c 'truncate x' -c truncate t.qcow2
io -c 'truncate -m off 6M' -c 'length' -c 'truncate -m bogus 6M' t.qcow2
io -c 'alloc 0' -c 'alloc 0 64k' -c 'alloc 1M 1M' -c 'alloc' -c 'alloc 0 100G' t.qcow2
io -c 'discard 0 64k' -c 'discard 1 1' -c 'discard -q 0 4M' -c map t.qcow2
io -c 'info' t.qcow2
io -c 'q' t.qcow2
io -r -c 'write 0 4k' t.qcow2
io -c 'open -r t.qcow2' -c 'write 0 512'
io -c 'read 0 512'
io -c 'open nosuch' -c 'length'
io -n -c 'write -q 0 4k' t.qcow2
io -f bogus -c length t.qcow2
