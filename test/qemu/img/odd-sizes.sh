# Images whose sizes are no multiples of a sector.
exec 2>&1
io() { qemu-io "$@" | grep -v ' ops; '; }
sz() { stat -c '%n %s' "$@"; }
for s in 1 511 513 1000 65537 1000001 0 1.5k 3.3M 1b; do qemu-img create -f raw r$s.raw $s; echo $?; sz r$s.raw; qemu-img create -f qcow2 q$s.qcow2 $s; echo $?; qemu-img info q$s.qcow2 | grep -v 'disk size'; done
printf 'abc' > three.raw; head -c 1000 /dev/zero | tr '\0' x > k.raw; head -c 66049 /dev/zero | tr '\0' y > big.raw
for f in three k big; do
 qemu-img info -f raw $f.raw | grep -v 'disk size'
 qemu-img convert -f raw -O qcow2 $f.raw $f.qcow2; echo $?
 qemu-img info $f.qcow2 | grep -v 'disk size'
 qemu-img map $f.qcow2; qemu-img map --output=json $f.qcow2; qemu-img map --output=json -f raw $f.raw
 qemu-img convert -O raw $f.qcow2 $f.back; sz $f.back
 qemu-img compare -f raw -F qcow2 $f.raw $f.qcow2; echo $?
 io -f raw -c 'read -v 0 16' -c length -c 'write -P 9 0 512' -c length -c 'read 0 1024' $f.raw; sz $f.raw
 qemu-img check $f.qcow2; echo $?; qemu-img check --output=json $f.qcow2; echo $?
 qemu-img measure -f raw -O qcow2 $f.raw; qemu-img measure --output=json -O raw $f.qcow2
done
qemu-img resize -f raw three.raw +1; qemu-img resize -f raw three.raw +511; sz three.raw
qemu-img resize k.qcow2 1001; echo $?; qemu-img info k.qcow2 | grep virtual
qemu-img resize k.qcow2 100; echo $?
qemu-img resize --shrink k.qcow2 100; echo $?; qemu-img info k.qcow2 | grep virtual
qemu-img resize -f raw --shrink big.raw -- -66000; echo $?; sz big.raw
qemu-img resize --shrink -f raw big.raw -- -66000; echo $?
qemu-img resize k.qcow2 10x; echo $?; qemu-img resize k.qcow2; echo $?; qemu-img resize nosuch 10M; echo $?
