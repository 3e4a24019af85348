# qemu-io: every command with right and wrong words.
exec 2>&1
io() { echo "\$ $*"; qemu-io "$@" | grep -v ' ops; '; echo "rc=${PIPESTATUS[0]}"; }
qemu-img create -q -f qcow2 a.qcow2 1M; truncate -s 1M r.raw
io -c 'write -P 0xab 0 4k' -c 'read -P 0xab -v 0 32' -c 'read -P 0xac 0 4k' -c 'read -P 0xab -s 512 -l 1k 0 4k' -c 'read -Cq 0 4k' -c 'read -b 0 4k' -c 'read -p 0 4k' a.qcow2
printf 'abc' > abc; : > empty
io -c 'write -s abc 0 10' -c 'read -v 0 16' -c 'write -s nosuch 0 4k' -c 'write -s empty 0 4k' -c 'write -s abc -P 1 0 4k' -c 'write -s abc -z 0 4k' a.qcow2
io -c 'write -z 0 64k' -c 'write -z -u 64k 64k' -c 'write -u 0 64k' -c 'write -z -P 1 0 64k' -c 'write -z -n 0 64k' -c 'write -n 0 64k' -c 'write -b 0 64k' -c 'write -Cq 0 512' -c 'write -f 0 4k' -c 'write -zf 0 4k' -c 'write -r 0 4k' a.qcow2
io -c 'write' -c 'write 0' -c 'write x 4k' -c 'write 0 x' -c 'write -1 4k' -c 'write 0 -1' -c 'write 0 3' -c 'write 1 512' -c 'write 0 4G' -c 'write 0 2G' -c 'write 1M 512' -c 'write 0 0' -c 'write 0 4k 4k' -c 'write -P' -c 'write -P x 0 512' -c 'write -P 256 0 512' -c 'write -P 0x1ff 0 512' a.qcow2
io -f raw -c 'write 0 3' -c 'write 1 5' -c 'read 1 5' -c 'read -v 0 17' -c 'read 1048575 1' -c 'read 1048575 2' -c 'read 0 1025k' r.raw
io -c 'writev -P 1 0 512 1k 2k' -c 'readv -P 1 0 3584' -c 'readv -v 0 16 16' -c 'writev 0' -c 'readv' -c 'writev 0 x' -c 'readv -P 2 0 512 512' -c 'writev -q 0 512 3' a.qcow2
io -c 'aio_write -P 7 0 4k' -c 'aio_flush' -c 'aio_read -P 7 0 4k' -c 'aio_flush' -c 'aio_read -P 8 0 4k' -c 'aio_flush' -c 'aio_read -v 0 16' -c aio_flush -c 'aio_write -z 64k 64k' -c aio_flush a.qcow2
io -c 'aio_write -u 0 4k' -c 'aio_write' -c 'aio_read' -c 'aio_write 0 3x' -c 'aio_flush x' -c 'aio_read 2M 512' -c aio_flush a.qcow2
io -c 'discard 0 64k' -c 'discard -q 0 64k' -c 'discard -Cq 0 64k' -c 'discard' -c 'discard 0' -c 'discard 0 x' -c 'discard x 0' -c 'discard 512 512' -c 'discard 2M 64k' -c 'discard 0 3G' a.qcow2
io -c 'alloc' -c 'alloc 0' -c 'alloc 0 1M' -c 'alloc 0 1k 1' -c 'alloc 3 4' -c 'alloc 2M' -c 'alloc x' -c 'alloc 0 2M' -c 'map' -c 'map x' a.qcow2
io -c 'length' -c 'truncate 2M' -c 'length' -c 'truncate 1M' -c 'length' -c 'truncate x' -c truncate -c 'truncate -m off 3M' -c 'truncate -m x 4M' -c length -c 'length x' a.qcow2
io -c 'flush' -c 'flush x' -c 'quit' -c 'read 0 512' a.qcow2
io -r -c 'write 0 512' -c 'read 0 512' -c 'discard 0 64k' -c 'truncate 4M' -c 'write -z 0 64k' a.qcow2
io -c bogus -c '' -c ' ' -c 'read  0   512' a.qcow2
io -d bogus -c length a.qcow2; io -t bogus -c length a.qcow2; io -n -c length a.qcow2; io -U -c length a.qcow2; io -C -c 'write 0 512' a.qcow2; io -i threads -c length a.qcow2; io -i x -c length a.qcow2
printf 'length\nread 0 512\nq\n' | qemu-io a.qcow2 | grep -v ' ops; '
