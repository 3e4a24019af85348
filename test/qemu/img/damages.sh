# What qemu-img check says of images whose tables do not fit together.
cd "$(mktemp -d)" || exit
fresh() { rm -f a.qcow2; qemu-img create -q -f qcow2 a.qcow2 1M; qemu-io -c 'write -q 0 128k' -c 'write -q 256k 64k' a.qcow2; }
poke() { printf "$2" | dd of=a.qcow2 bs=1 seek=$1 conv=notrunc status=none; }
t() { echo "\$ $*"; "$@" 2>&1 | grep -v -E 'disk size'; echo "rc=${PIPESTATUS[0]}"; }
all() { echo "== $1"; t qemu-img check a.qcow2; t qemu-img check --output=json a.qcow2; }
fresh; all clean
fresh; truncate -s +64k a.qcow2; all 'a cluster more at the end'
fresh; poke 262144 '\x80\x00\x00\x00\x00\x06\x00\x00'; all 'two clusters in one place'
fresh; poke 262152 '\x00\x00\x00\x00\x00\x00\x00\x00'; all 'a mapping gone'
fresh; poke 262144 '\x80\x00\x00\x00\x00\x09\x00\x00'; all 'a mapping beyond the end'
fresh; poke 262144 '\x80\x00\x00\x00\x00\x05\x02\x00'; all 'a mapping that is not aligned'
fresh; poke 131072 '\x00\x01\x00\x01\x00\x01\x00\x01\x00\x01\x00\x02'; all 'a refcount too large'
fresh; poke 131082 '\x00\x00'; all 'a refcount of 0'
fresh; poke 196608 '\x00\x00\x00\x00\x00\x00\x00\x00'; all 'no L1 entry'
fresh; poke 196608 '\x80\x00\x00\x00\x00\x04\x01\x00'; all 'L1 entry not aligned'
fresh; poke 79 '\x02'; all 'corrupt bit'
fresh; poke 79 '\x01'; all 'dirty bit'
fresh; poke 65536 '\x00\x00\x00\x00\x00\x00\x00\x00'; all 'no refcount block'
fresh; poke 262144 '\x00\x00\x00\x00\x00\x05\x00\x00'; all 'COPIED lost'
