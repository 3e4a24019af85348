#udev
# kpartx by hand, on a disk and on a map: options, read-only, renamed maps, maps in use, changed tables, wrong calls.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n skip_kpartx yes\n}\n' > /etc/multipath.conf
mbr() { { head -c 446 /dev/zero; printf "$1"; head -c $((64 - 16 * $2)) /dev/zero; printf '\x55\xaa'; } > /tmp/mbr; dd if=/tmp/mbr of=$3 bs=512 conv=notrunc oflag=direct status=none; sleep 1; udevadm settle; }
A='\0\0\0\0\x83\0\0\0\x40\0\0\0\0\x10\0\0'; B='\0\0\0\0\x83\0\0\0\0\x20\0\0\0\x20\0\0'
k() { echo "> $*"; kpartx "$@" 2>/tmp/err; echo "rc=$?"; cat /tmp/err; udevadm settle; }
show() { dmsetup table | sort; dmsetup info -c --noheadings -o name,uuid,attr | sort; }
mbr "$A$B" 2 /dev/sda
k -l /dev/sda; k -a -v -r /dev/sda; show; k -a -v /dev/sda; k -l -t gpt /dev/sda; k -l -t dos /dev/sda; k -l -t nosuch /dev/sda
dmsetup rename sda1 other; k -a -v /dev/sda; dmsetup rename sda1 other; k -a -v -p - /dev/sda; dmsetup ls | sort
dmsetup create top --table "0 8 linear /dev/mapper/sda-2 0"; k -d -v /dev/sda; dmsetup remove top; k -d -v /dev/sda; dmsetup ls | sort
multipath > /dev/null 2>&1; udevadm settle; sleep 2; udevadm settle; M=/dev/mapper/mpatha
k -a -v $M; mbr "$A" 1 $M; k -u -v $M; show; mbr "$B" 1 $M; k -u -v -s $M; k -u -v -n $M; show
dmsetup create alien --table "0 8 linear 254:0 0"; k -d -v $M; dmsetup ls | sort; dmsetup remove alien
dmsetup create mpatha1 --table "0 8 zero"; k -a -v $M; k -d -v $M; dmsetup remove mpatha1
k -d -v -f /dev/sda; k; k -x $M; k -l; k -l /dev/nosuch; k -l /dev/null; k -l /dev/sda /dev/sdb; k -l a b c; k -d $M; k -av -p 'a b' $M; k -dv $M
k -l /dev/sdb | sed 's/sd[ab]/SD/g'
mbr '' 0 $M; k -l $M; k -a $M; k -u -v $M
