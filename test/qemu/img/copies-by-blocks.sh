# qemu-img dd: block sizes, counts, skips, formats, what is refused.
exec 2>&1
r() { echo "\$ $*"; "$@"; echo "= $?"; }
io() { echo "\$ qemu-io $*"; qemu-io "$@" | sed -E "s/^[0-9.]+ [KMG]?i?B.*ops; .*/N ops/; s/^[0-9]+ (KiB|MiB|GiB|bytes).*ops; .*/N ops/"; echo "= ${PIPESTATUS[0]}"; }
qemu-img create -q -f raw a.raw 1M; qemu-io -f raw -c 'write -q -P 1 0 512k' -c 'write -q -P 2 512k 512k' a.raw
r qemu-img dd if=a.raw of=b.qcow2 -f raw -O qcow2 bs=64k count=4 skip=6
r qemu-img map b.qcow2
io -c 'read -P 1 0 128k' -c 'read -P 2 128k 128k' b.qcow2
for a in 'bs=0' 'bs=x' 'bs=1M' 'bs=3' 'count=0' 'count=x' 'skip=100' 'skip=x' 'bs=512 count=3 skip=2047' 'bs=2G' 'count=99999'; do rm -f c.raw; r qemu-img dd -f raw -O raw if=a.raw of=c.raw $a; ls -l c.raw 2>/dev/null | awk '{print $5}'; done
r qemu-img dd if=a.raw
r qemu-img dd of=a.raw
r qemu-img dd if=nosuch of=x
r qemu-img dd if=a.raw of=/nonexistent/x
r qemu-img dd -O bogus if=a.raw of=x
r qemu-img dd -f qcow2 if=a.raw of=x
r qemu-img dd if=a.raw if=a.raw of=y.raw
r qemu-img dd bogus=1 if=a.raw of=x
r qemu-img dd a.raw b.raw
r qemu-img dd -U if=b.qcow2 of=z.raw
r qemu-img compare -f qcow2 -F raw b.qcow2 z.raw
r qemu-img dd -n if=b.qcow2 of=z.raw
