# /dev as a machine has it at boot: names, kinds, numbers, and what random bytes and terminals do.
ls /dev | grep -v loop | tr '\n' ' '; echo; for n in /dev/*; do [ -c $n ] && echo -n "c"; [ -b $n ] && echo -n "b"; [ -d $n ] && echo -n "d"; done; echo
stat -c '%n %A %t %T %F' /dev/{null,zero,full,random,urandom,kmsg,tty,tty1,tty63,ttyS0,console,ptmx,mem,port,hpet,loop-control,rtc0,vcs1,mapper/control}
ls -l /dev/mem /dev/urandom /dev/ttyS3 | cut -c1-24; ls -d /dev/shm /dev/input /dev/dma_heap; ls /dev/input /dev/dma_heap
[ -e /dev/kmem ] || echo "no kmem"; [ -e /dev/sda ] || echo "no sda"; echo /dev/tty6?
for n in random urandom; do head -c 16 /dev/$n | wc -c; dd if=/dev/$n bs=1M count=1 status=none | wc -c; a=$(od -An -tx8 -N 8 /dev/$n); b=$(od -An -tx8 -N 8 /dev/$n); [ "$a" != "$b" ] && echo "different"; echo seed > /dev/$n; echo "rc=$?"; done
tr -dc 'a-z' < /dev/urandom | head -c 12 | wc -c; dd if=/dev/urandom of=/tmp/r bs=4k count=3 status=none; cmp /tmp/r /dev/zero | sed 's/byte.*/differ/'
modprobe brd rd_nr=1 rd_size=1024; dd if=/dev/urandom of=/dev/ram0 bs=64k count=16 status=none; dd if=/dev/ram0 of=/tmp/c bs=64k status=none; cmp /tmp/c /dev/ram0 && echo "kept"
echo x > /dev/tty; echo "rc=$?"; cat /dev/tty; echo "rc=$?"; cat < /dev/ptmx; echo "rc=$?"; rm /dev/tty63; ls /dev/tty63
