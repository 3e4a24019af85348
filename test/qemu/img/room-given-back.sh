# qemu-img and qemu-io: the room that snapshots, resizes, discards and zeroes give back, and options that exclude each other.
exec 2>&1
fresh() { rm -f b.qcow2 t.qcow2 u.qcow2 r.raw x; qemu-img create -q -f qcow2 b.qcow2 4M; qemu-io -c 'write -q -P 1 0 1M' -c 'write -q -P 2 2M 64k' b.qcow2; truncate -s 2M r.raw; printf abc | dd of=r.raw conv=notrunc bs=1 seek=70000 status=none; qemu-img create -q -f qcow2 -b b.qcow2 -F qcow2 t.qcow2; qemu-io -c 'write -q -P 3 512k 128k' -c 'write -q -z 2M 64k' t.qcow2; qemu-img create -q -f qcow2 -b t.qcow2 -F qcow2 u.qcow2; qemu-io -c 'write -q -P 4 3M 128k' -c 'write -q -z 600k 64k' u.qcow2; }
m() { qemu-img map --output=json "$@"; }
echo 'resize'; fresh; qemu-img resize --shrink b.qcow2 512k; du -k b.qcow2; stat -c %s b.qcow2; m b.qcow2; qemu-img check b.qcow2
echo 'discard'; fresh; qemu-io -c 'discard 0 512k' b.qcow2 | head -1; du -k b.qcow2; qemu-io -c 'discard 600k 100k' b.qcow2 | head -1; du -k b.qcow2
echo 'discard -d ignore'; fresh; qemu-io -d ignore -c 'discard 64k 128k' b.qcow2 | head -1; m b.qcow2; du -k b.qcow2; qemu-io -d unmap -c 'discard 64k 128k' b.qcow2 | head -1; m b.qcow2; du -k b.qcow2
echo 'zeroes'; fresh; qemu-io -c 'write -q -z 0 256k' b.qcow2; du -k b.qcow2; qemu-io -c 'write -q -z -u 0 512k' b.qcow2; du -k b.qcow2; m b.qcow2; qemu-io -d off -c 'write -q -z -u 512k 100k' b.qcow2; m b.qcow2; du -k b.qcow2
echo 'zeroes of a raw file'; fresh; qemu-io -f raw -c 'write -q -z 0 128k' r.raw; du -k r.raw; qemu-io -f raw -d ignore -c 'write -q -z -u 0 64k' r.raw; du -k r.raw; qemu-io -f raw -c 'write -q -z -u 64k 64k' r.raw; du -k r.raw
echo 'convert -n'; fresh; qemu-img convert -n -O qcow2 r.raw b.qcow2; m b.qcow2; fresh; qemu-img convert -n -S 0 -O qcow2 r.raw b.qcow2; m b.qcow2; fresh; qemu-img convert -n -O qcow2 r.raw t.qcow2; m t.qcow2
echo 'commit'; fresh; qemu-img commit t.qcow2; du -k b.qcow2; m b.qcow2
echo 'preallocation'; fresh; qemu-img create -q -f qcow2 -o preallocation=metadata x 2M; qemu-img map x; qemu-io -c 'write -q 128k 64k' x; qemu-img map x; m x; qemu-img resize --preallocation=metadata b.qcow2 8M; qemu-img map b.qcow2
echo 'rebase -p'; fresh; qemu-img rebase -p -b r.raw -F raw u.qcow2 | tr '\r' '\n'; fresh; qemu-img rebase -p -b b.qcow2 -F qcow2 u.qcow2 | tr '\r' '\n'; m u.qcow2; fresh; qemu-img rebase -p -b t.qcow2 -F qcow2 u.qcow2 | tr '\r' '\n'; fresh; qemu-img rebase -p -b '' t.qcow2 | tr '\r' '\n'
echo 'measure -l'; fresh; qemu-img snapshot -c s b.qcow2; qemu-io -c 'write -q 3M 64k' b.qcow2; for l in s 1 snapshot.name=s snapshot.id=1 nosuch; do qemu-img measure -l $l -O qcow2 b.qcow2; echo $?; done; qemu-img measure -O qcow2 b.qcow2; qemu-img measure -l s -O raw b.qcow2; qemu-img measure -l s -O qcow2 r.raw; qemu-img measure -l s -O qcow2 --size 1M; qemu-img measure -f qcow2; qemu-img measure --image-opts -O qcow2; qemu-img measure -l s --size 1M b.qcow2 t.qcow2
echo 'convert -C'; fresh; for o in '-S 4k -c --salvage' '-S 4k --salvage' --salvage '-c --skip-broken-bitmaps' '-c --target-is-zero' '--salvage -m 17' '--salvage -n'; do qemu-img convert -C $o -O raw r.raw x; echo $?; done; qemu-img convert -C --salvage -O bogus nosuch x
echo 'dd'; qemu-img dd -f raw -O raw if=r.raw of=x skip=1 bs=70000; stat -c %s x; qemu-img dd -f raw -O raw if=r.raw of=x count=1 bs=100; stat -c %s x; qemu-img dd -f raw -O qcow2 if=r.raw of=x count=1 bs=70000; m x
echo 'bench'; qemu-img bench -U -w -c 1 b.qcow2; qemu-img bench -U -w -c 1 nosuch
true
