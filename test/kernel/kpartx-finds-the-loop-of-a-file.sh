#udev
exec 2>&1
# kpartx on a file: a loop device comes, stays while its maps do, and goes with them
truncate -s 16M /tmp/img; printf 'label: dos\n2048,4096\n8192,\n' | sfdisk -q /tmp/img; echo "rc $?"
show() { udevadm settle; losetup -l -n -O NAME,AUTOCLEAR,RO,BACK-FILE | sort; dmsetup table; dmsetup info -c --noheadings -o name,uuid; }
kpartx -lv /tmp/img; echo "rc $?"; show
kpartx -dv /tmp/img; echo "rc $?"
kpartx -av /tmp/img; echo "rc $?"; show
kpartx -av /tmp/img; echo "rc $?"; show
kpartx -lv /tmp/img; echo "rc $?"; show
exec 5</dev/mapper/loop0p2; kpartx -dv /tmp/img; echo "rc $?"; show; exec 5<&-; show
kpartx -dv /tmp/img; echo "rc $?"; show; dmsetup remove_all; show
cd /tmp; kpartx -a img; echo "rc $?"; ln -s img link; show; kpartx -dv link; echo "rc $?"; show
losetup /dev/loop3 /tmp/img; kpartx -av -p _ /tmp/img; echo "rc $?"; show; kpartx -dv /tmp/img; echo "rc $?"; show
kpartx -arv /tmp/img; echo "rc $?"; show; kpartx -d /tmp/img; echo "rc $?"; show
kpartx -a /tmp/img; printf 'label: dos\n2048,4096\n8192,1024\n' | sfdisk -q /tmp/img; kpartx -uv /tmp/img; echo "rc $?"; show; kpartx -d /tmp/img; show
