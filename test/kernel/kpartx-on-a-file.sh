exec 2>&1
# kpartx on a file: a loop device comes, and stays; without udevd the next call finds it not, and takes another one
truncate -s 16M /tmp/img; printf 'label: dos\n2048,4096\n8192,\n' | sfdisk -q /tmp/img; echo "rc $?"
show() { losetup -l -n -O NAME,AUTOCLEAR,RO,BACK-FILE | sort; dmsetup table; dmsetup info -c --noheadings -o name,uuid; }
kpartx /tmp/img; echo "rc $?"; show
kpartx -d /tmp/img; echo "rc $?"; kpartx -dv /tmp/img; echo "rc $?"
kpartx -av /tmp/img; echo "rc $?"; show
kpartx -lv /tmp/img; echo "rc $?"; show
printf 'x%.0s' $(seq 512) | dd of=/dev/mapper/loop0p1 bs=512 status=none oflag=direct; echo "rc $?"; dd if=/tmp/img bs=512 skip=2048 count=1 status=none | head -c 5; echo
kpartx -dv /tmp/img; echo "rc $?"; cd /tmp; kpartx -a img; echo "rc $?"; show
kpartx -av -p _ /tmp/img; echo "rc $?"
losetup -d /dev/loop1; losetup -l -n -O NAME,AUTOCLEAR | sort; dmsetup remove loop1p1 loop1p2; losetup -l -n -O NAME,AUTOCLEAR | sort
kpartx -arv /tmp/img; echo "rc $?"; show; dd if=/dev/zero of=/dev/mapper/loop1p1 bs=512 count=1 status=none; echo "rc $?"; kpartx -dv /dev/loop0; echo "rc $?"; show; losetup -d /dev/loop0; losetup -l -n -O NAME | sort
printf 'label: dos\n2048,4096\n8192,1024\n' | sfdisk -q /tmp/img; kpartx -uv /tmp/img; echo "rc $?"; show
truncate -s 1M /tmp/empty; kpartx -av /tmp/empty; echo "rc $?"; show; kpartx -av /tmp/nope; echo "rc $?"; kpartx -av /tmp; echo "rc $?"; kpartx -dv /tmp/nope; echo "rc $?"
