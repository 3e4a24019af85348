# qemu-img info of chains, and options of create that info shows.
exec 2>&1
qemu-img create -f raw b.raw 64M
qemu-img create -f qcow2 -o cluster_size=128k,lazy_refcounts=on,compat=1.1 l.qcow2 64M
qemu-img create -f qcow2 -o backing_file=b.raw,backing_fmt=raw o1.qcow2
qemu-img create -f qcow2 -o backing_file=o1.qcow2,backing_fmt=qcow2,size=128M o2.qcow2
qemu-img create -f qcow2 -o refcount_bits=3 r3.qcow2 1G; echo $?
qemu-img create -f qcow2 -o compat=2 x.qcow2 1G; echo $?
qemu-img create -f qcow2 -o size=10M x.qcow2; echo $?
qemu-img create -f qcow2 -o size=10M x.qcow2 20M; echo $?
for i in l o1 o2 x; do [ -e $i.qcow2 ] && qemu-img info $i.qcow2 | grep -v 'disk size'; done
qemu-img info --output=json o2.qcow2 | grep -v actual-size
qemu-img info --backing-chain --output=json o2.qcow2 | grep -v actual-size
qemu-img create -f qcow2 -o cluster_size=help x.qcow2 1M; echo $?
