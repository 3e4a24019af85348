# qemu-img and qemu-io on raw and qcow2 images and a backing chain.
exec 2>&1
io() { qemu-io "$@" | grep -v ' ops; '; }
qemu-img create -f raw base.raw 2M
qemu-img create -q -f qcow2 -b base.raw -F raw o.qcow2
qemu-img create -f qcow2 -b base.raw -F raw -o cluster_size=4096 small.qcow2
qemu-img create -f qcow2 a.qcow2 4M
qemu-img create -q -f qcow2 -b o.qcow2 -F qcow2 top.qcow2
echo "-- what is refused"
qemu-img create -f qcow2 -b base.raw x.qcow2; echo $?
qemu-img create -f qcow2 x.qcow2; echo $?
qemu-img create -f bogus x 1M; echo $?
qemu-img create -f qcow2 -b nosuch -F raw x.qcow2; echo $?
qemu-img create -f qcow2 -o cluster_size=3000 x.qcow2 1M; echo $?
qemu-img create -f qcow2 x.qcow2 10E; echo $?
qemu-img create -f qcow2 -o cluster_size=512 x.qcow2 1T; echo $?
qemu-img create; echo $?
qemu-img info nosuch; echo $?
qemu-img info -f qcow2 base.raw; echo $?
qemu-img bogus; echo $?
qemu-img check base.raw; echo $?
qemu-io -c 'read 0 64k' nosuch; echo $?
echo "-- patterns"
io -f raw -c 'write -P 1 0 512k' base.raw
io -c 'write -P 0x11 0 64k' -c 'write -q -P 0x22 128k 64k' o.qcow2
io -c 'read -P 0x11 0 64k' -c 'read -P 1 64k 64k' -c 'read -P 0 1M 64k' o.qcow2
io -c 'read -P 0x33 0 64k' o.qcow2
io -c 'read 3M 64k' o.qcow2
io -c 'write -P 5 1k 512' small.qcow2
io -c 'read -P 5 1k 512' -c 'read -P 1 0 1k' small.qcow2
io -c length -c map -c 'alloc 0 2M' o.qcow2
echo "-- looking"
qemu-img info a.qcow2
qemu-img info --output=json o.qcow2 | grep -v actual-size
qemu-img info --backing-chain small.qcow2 | grep -v 'disk size'
qemu-img map o.qcow2
qemu-img map --output=json o.qcow2
qemu-img map --output=json top.qcow2
qemu-img check o.qcow2
qemu-img check --output=json o.qcow2
qemu-img check a.qcow2
qemu-img compare base.raw o.qcow2; echo $?
qemu-img compare o.qcow2 top.qcow2; echo $?
qemu-img compare a.qcow2 base.raw; echo $?
qemu-img compare -s a.qcow2 base.raw; echo $?
echo "-- changing"
qemu-img resize o.qcow2 +1M
qemu-img resize o.qcow2 1M; echo $?
qemu-img info o.qcow2 | grep virtual
qemu-img commit o.qcow2
qemu-img compare -q base.raw o.qcow2; echo $?
qemu-img map --output=json o.qcow2
qemu-img commit a.qcow2; echo $?
qemu-img rebase -u -b '' small.qcow2
qemu-img info small.qcow2 | grep -c backing
qemu-img create -q -f qcow2 -b base.raw -F raw r.qcow2
io -c 'write -P 7 0 4k' r.qcow2
qemu-img rebase -b a.qcow2 -F qcow2 r.qcow2
qemu-img info r.qcow2 | grep backing
io -c 'read -P 7 0 4k' -c 'read -P 1 256k 64k' -c 'read -P 0 1M 64k' r.qcow2
cp r.qcow2 copy.qcow2; qemu-img compare r.qcow2 copy.qcow2
head -c 3 copy.qcow2; echo
qemu-img create -q -f qcow2 big.qcow2 100T
io -c 'write -q -P 1 99T 64k' -c 'read -q -P 1 99T 64k' -c 'read -q -P 0 98T 64k' big.qcow2; qemu-img check big.qcow2
qemu-img map --output=json big.qcow2
