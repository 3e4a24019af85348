# Chains of three images: commit, rebase, amend and snapshot, and what is refused.
exec 2>&1
io() { qemu-io "$@" | grep -v ' ops; '; }
i() { qemu-img info "$@" | grep -v 'disk size'; }
mk() { rm -f *.raw *.qcow2; qemu-img create -q -f raw b.raw 1M; io -f raw -c 'write -q -P 1 0 1M' b.raw; qemu-img create -q -f qcow2 -b b.raw -F raw m.qcow2; io -c 'write -q -P 2 0 512k' m.qcow2; qemu-img create -q -f qcow2 -b m.qcow2 -F qcow2 t.qcow2 2M; io -c 'write -q -P 3 0 256k' -c 'write -q -P 4 1536k 64k' t.qcow2; }
mk; qemu-img commit t.qcow2; echo $?; i t.qcow2; i m.qcow2; qemu-img map t.qcow2; qemu-img map m.qcow2
mk; qemu-img commit -d t.qcow2; echo $?; qemu-img map t.qcow2
mk; qemu-img commit -b b.raw t.qcow2; echo $?; qemu-img map t.qcow2; i t.qcow2; stat -c %s b.raw; io -f raw -c 'read -P 3 0 256k' -c 'read -P 2 256k 256k' -c 'read -P 4 1536k 64k' b.raw
mk; qemu-img commit -b nosuch t.qcow2; echo $?; qemu-img commit -b t.qcow2 t.qcow2; echo $?; qemu-img commit b.raw; echo $?; qemu-img commit -f raw b.raw; echo $?; qemu-img commit nosuch; echo $?; qemu-img commit; echo $?; qemu-img commit -f bogus t.qcow2; echo $?; qemu-img commit -t x t.qcow2; echo $?; qemu-img commit -r 0 t.qcow2; echo $?; qemu-img commit -r 100M t.qcow2; echo $?; qemu-img commit -q t.qcow2; echo $?; qemu-img commit t.qcow2 m.qcow2; echo $?
mk; qemu-img commit -p t.qcow2 | tr '\r' '\n' | tail -2; qemu-img commit --image-opts driver=qcow2,file.filename=m.qcow2; echo $?; qemu-img commit --image-opts m.qcow2; echo $?; chmod 444 b.raw; qemu-img commit m.qcow2; echo $?
mk; qemu-img rebase -b b.raw -F raw t.qcow2; echo $?; qemu-img map t.qcow2; i t.qcow2; qemu-img compare t.qcow2 m.qcow2; echo $?
mk; qemu-img rebase -u -b nosuch t.qcow2; echo $?; qemu-img rebase -u -b nosuch -F raw t.qcow2; echo $?; i t.qcow2; qemu-img rebase -b b.raw -F raw t.qcow2; echo $?; qemu-img rebase -u -b '' t.qcow2; echo $?; i t.qcow2; qemu-img rebase -b '' t.qcow2; echo $?; qemu-img rebase -b m.qcow2 -F bogus t.qcow2; echo $?
mk; qemu-img rebase -b '' t.qcow2; echo $?; qemu-img map t.qcow2; i t.qcow2
mk; qemu-img rebase t.qcow2; echo $?; qemu-img rebase; echo $?; qemu-img rebase -b b.raw b.raw; echo $?; qemu-img rebase -b b.raw nosuch; echo $?; qemu-img rebase -b nosuch -F raw t.qcow2; echo $?; qemu-img rebase -b t.qcow2 -F qcow2 t.qcow2; echo $?
mk; qemu-img create -q -f qcow2 small.qcow2 256k; io -c 'write -q -P 9 0 256k' small.qcow2; qemu-img rebase -b small.qcow2 -F qcow2 t.qcow2; echo $?; qemu-img map t.qcow2; qemu-img rebase -p -b b.raw -F raw t.qcow2 | tr '\r' '\n' | tail -1; qemu-img rebase -c -b b.raw -F raw t.qcow2; echo $?; qemu-img rebase -S 4k -b b.raw -F raw t.qcow2; echo $?
mk; for o in compat=0.10 compat=1.1 lazy_refcounts=on lazy_refcounts=x size=4M size=512k cluster_size=4k backing_file=b.raw,backing_fmt=raw backing_file=b.raw backing_fmt=raw preallocation=full refcount_bits=16 bogus=1 help data_file=x data_file_raw=on extended_l2=on encryption=on; do echo "amend $o"; qemu-img amend -o $o t.qcow2 | head -4; echo ${PIPESTATUS[0]}; done; i t.qcow2
qemu-img amend t.qcow2; echo $?; qemu-img amend -o size=1M; echo $?; qemu-img amend -f raw -o size=4M b.raw; echo $?; qemu-img amend -o size=4M nosuch; echo $?
for a in '-c x' '-l' '-a x' '-a nosuch' '-d x' '-d x' '-c a -l' '-c' '' '-c y -q'; do qemu-img snapshot $a t.qcow2 | sed -E 's/[0-9-]{10} [0-9:]{8}/DATE/'; echo ${PIPESTATUS[0]}; done; qemu-img snapshot -l -f raw b.raw; echo $?; qemu-img snapshot -c x -f raw b.raw; echo $?
