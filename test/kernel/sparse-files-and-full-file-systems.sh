# A hole takes no room, a file system that is full says ENOSPC after what found room, and what is deleted makes room again.
cd /tmp
truncate -s 10G big; stat -c '%s %b' big
dd if=/dev/zero of=sparse bs=1 count=1 seek=10T status=none; stat -c '%s %b' sparse
truncate -s 4097 sparse; stat -c '%s %b' sparse
printf x >> sparse; stat -c '%s %b' sparse
truncate -s 10 sparse; truncate -s 5000 sparse; stat -c '%s %b' sparse; od -c sparse | head -3
dd if=/dev/zero of=/dev/null bs=10G count=1; echo "dd $?"
mkdir small; mount -t tmpfs -o size=64k none small; echo "mount $?"
dd if=/dev/zero of=small/a bs=4k count=100 2>&1 | head -3
stat -c '%s %b' small/a
echo more > small/b; echo "echo $?"
stat -c '%s %b' small/b
cat /dev/zero > small/c; echo "cat $?"
truncate -s 1M small/hole; echo "truncate $?"; stat -c '%s %b' small/hole
ln small/a small/again; stat -c %h small/a
rm small/a; echo x > small/d; echo "echo $?"
rm small/again; echo x > small/d; echo "echo $?"
exec 5> small/open; dd if=/dev/zero bs=4k count=100 status=none >&5; stat -c %b small/open
rm small/open; echo y > small/e; echo "still open: $?"
exec 5>&-; echo y > small/e; echo "closed: $?"
cp /etc/passwd /dev/full; echo "cp $?"
echo hi > /dev/full; echo "echo $?"
printf x > /dev/full; echo "printf $?"
seq 5 > /dev/full; echo "seq $?"
cat /etc/passwd > /dev/full; echo "cat $?"
sed -n p /etc/passwd > /dev/full; echo "sed $?"
grep root /etc/passwd > /dev/full; echo "grep $?"
sort /etc/passwd > /dev/full; echo "sort $?"
tee /dev/full < /etc/passwd > /dev/null; echo "tee $?"
head -1 /etc/passwd > /dev/full; echo "head $?"
seq 100000 | head -1; echo "${PIPESTATUS[@]}"
(trap '' PIPE; seq 100000 2> /dev/null | head -1; echo "${PIPESTATUS[@]}")
(trap '' PIPE; for i in 1 2 3; do sleep .1; echo $i; done | true)
dd if=/dev/zero bs=1M count=10 status=none | head -c 1 | wc -c
