# Copies of a snapshot within an image, chains that lead back to where they began, raw files that end within a sector.
cd "$(mktemp -d)" || exit
t() { echo "\$ $*"; "$@" 2>&1 | grep -v -E 'disk size|ops;'; echo "rc=${PIPESTATUS[0]}"; }
qemu-img create -q -f qcow2 a 1M
qemu-io -c 'write -q -P 1 0 192k' a
qemu-img snapshot -c one a
qemu-io -c 'write -q -P 2 64k 64k' a
qemu-img resize -q a 2M
qemu-io -c 'write -q -P 3 1536k 64k' a
t qemu-img convert -l one -O raw a r
t qemu-io -f raw -c 'read -q -P 1 0 192k' r
t stat -c %s r
t qemu-img convert -l 1 -O qcow2 a q
t qemu-img info q
t qemu-img convert -l snapshot.name=one -O qcow2 a q
t qemu-img convert -l snapshot.id=1 -O qcow2 a q
t qemu-img convert -l snapshot.id=2 -O qcow2 a q
t qemu-img convert -l snapshot.id=1,snapshot.name=two -O qcow2 a q
t qemu-img convert -l bogus.x=1 -O qcow2 a q
t qemu-img convert -l nosuch -O qcow2 a q
t qemu-img convert -l one -O qcow2 r q
t qemu-img convert -l one -O qcow2 a a q
t qemu-io -c 'read -q -P 1 0 192k' -c 'read -q -P 0 192k 832k' q
cp q l; qemu-img rebase -u -f qcow2 -b l -F qcow2 l
t qemu-img info --backing-chain l
t qemu-img info --backing-chain --output=json l
printf 'xyz%.0s' {1..100} > odd; truncate -s 700 odd
t qemu-io -f raw -c 'read -P 0 512 512' -c 'read 0 1k' -c length -c 'write -q 600 10' odd
t qemu-img info -f raw odd
t stat -c %s odd
t qemu-io -f raw -c 'read 0 67' -c 'write 0 67' odd
