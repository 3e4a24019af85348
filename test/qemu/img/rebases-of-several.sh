# Rebases: safe and unsafe, onto larger and smaller images, with and without formats.
exec 2>&1
r() { echo "\$ $*"; "$@"; echo "= $?"; }
io() { echo "\$ qemu-io $*"; qemu-io "$@" | sed -E "s/^[0-9.]+ [KMG]?i?B.*ops; .*/N ops/; s/^[0-9]+ (KiB|MiB|GiB|bytes).*ops; .*/N ops/"; echo "= ${PIPESTATUS[0]}"; }
qemu-img create -q -f raw b1.raw 2M; qemu-io -f raw -c 'write -q -P 1 0 2M' b1.raw
qemu-img create -q -f raw b2.raw 2M; qemu-io -f raw -c 'write -q -P 1 0 1M' -c 'write -q -P 2 1M 1M' b2.raw
qemu-img create -q -f qcow2 -b b1.raw -F raw o.qcow2
qemu-io -c 'write -q -P 3 128k 64k' -c 'write -q -z 512k 64k' o.qcow2
r qemu-img rebase -b b2.raw -F raw o.qcow2
r qemu-img map o.qcow2
io -c 'read -P 1 1M 1M' -c 'read -P 3 128k 64k' -c 'read -P 0 512k 64k' o.qcow2
r qemu-img rebase -u -b nosuch.raw -F raw o.qcow2
r qemu-img info o.qcow2
r qemu-img rebase -b b1.raw -F raw o.qcow2
r qemu-img rebase -u -b b1.raw o.qcow2
r qemu-img rebase -u -b b1.raw -F raw o.qcow2
r qemu-img rebase -b '' o.qcow2
r qemu-img info o.qcow2
r qemu-img map --output=json o.qcow2
r qemu-img rebase -b b1.raw -F raw b2.raw
r qemu-img rebase -b o.qcow2 -F qcow2 o.qcow2
r qemu-img rebase -p -b b1.raw -F raw o.qcow2
r qemu-img rebase
r qemu-img rebase -b b1.raw -F bogus o.qcow2
r qemu-img rebase -f raw -b b1.raw -F raw o.qcow2
qemu-img create -q -f raw small.raw 1M; qemu-io -f raw -c 'write -q -P 9 0 1M' small.raw
r qemu-img rebase -b small.raw -F raw o.qcow2
io -c 'read -P 1 0 128k' -c 'read -P 0 1900k 4k' o.qcow2
r qemu-img check o.qcow2
