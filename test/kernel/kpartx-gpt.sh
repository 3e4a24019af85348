#udev
# GUID partition tables: listed, added, with a broken primary, with both broken, forced.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n skip_kpartx yes\n}\n' > /etc/multipath.conf
{ head -c 448 /dev/zero; printf '\002\000\356\377\377\377\001\000\000\000\377\077'; head -c 50 /dev/zero; printf 'U\252EFI\040PART\000\000\001\000\134\000\000\000\052y\356s\000\000\000\000\001\000\000\000\000\000\000\000\377\077\000\000\000\000\000\000\042\000\000\000\000\000\000\000\336\077\000\000\000\000\000\000\252\252\252\252\273\273\314\314\335\335\356\356\356\356\356\356\002\000\000\000\000\000\000\000\004\000\000\000\200\000\000\000\377\051\236\071'; head -c 420 /dev/zero; printf '\257\075\306\017\203\204rG\216y\075i\330G\175\344\021\021\021\021\042\042\063\063DDUUUUUQ\100\000\000\000\000\000\000\000\077\020\000\000\000\000\000\000\000\000\000\000\000\000\000\000f\000i\000r\000s\000t'; head -c 63 /dev/zero; printf '\257\075\306\017\203\204rG\216y\075i\330G\175\344\021\021\021\021\042\042\063\063DDUUUUUR\100\020\000\000\000\000\000\000\377\037\000\000\000\000\000\000\000\000\000\000\000\000\000\000s\000e\000c\000o\000n\000d'; head -c 189 /dev/zero; printf '\257\075\306\017\203\204rG\216y\075i\330G\175\344\021\021\021\021\042\042\063\063DDUUUUUT\000\040\000\000\000\000\000\000\200\076\000\000\000\000\000\000\000\000\000\000\000\000\000\000f\000o\000u\000r\000t\000h'; head -c 61 /dev/zero; } > /tmp/head
{ head -c 512 /dev/zero; printf '\257\075\306\017\203\204rG\216y\075i\330G\175\344\021\021\021\021\042\042\063\063DDUUUUUQ\100\000\000\000\000\000\000\000\077\020\000\000\000\000\000\000\000\000\000\000\000\000\000\000f\000i\000r\000s\000t'; head -c 63 /dev/zero; printf '\257\075\306\017\203\204rG\216y\075i\330G\175\344\021\021\021\021\042\042\063\063DDUUUUUR\100\020\000\000\000\000\000\000\377\037\000\000\000\000\000\000\000\000\000\000\000\000\000\000s\000e\000c\000o\000n\000d'; head -c 189 /dev/zero; printf '\257\075\306\017\203\204rG\216y\075i\330G\175\344\021\021\021\021\042\042\063\063DDUUUUUT\000\040\000\000\000\000\000\000\200\076\000\000\000\000\000\000\000\000\000\000\000\000\000\000f\000o\000u\000r\000t\000h'; head -c 61 /dev/zero; printf 'EFI\040PART\000\000\001\000\134\000\000\000R\007\100\270\000\000\000\000\377\077\000\000\000\000\000\000\001\000\000\000\000\000\000\000\042\000\000\000\000\000\000\000\336\077\000\000\000\000\000\000\252\252\252\252\273\273\314\314\335\335\356\356\356\356\356\356\376\077\000\000\000\000\000\000\004\000\000\000\200\000\000\000\377\051\236\071'; head -c 420 /dev/zero; } > /tmp/tail
md5sum < /tmp/head; md5sum < /tmp/tail
multipath >/dev/null 2>&1; udevadm settle; sleep 2; udevadm settle
M=/dev/mapper/mpatha
put() { dd if=/tmp/$1 of=$M bs=512 seek=$2 conv=notrunc oflag=direct status=none; sleep 1; udevadm settle; }
show() { dmsetup table | sort; dmsetup info -c --noheadings -o name,uuid | sort; }
put head 0; put tail 16381
kpartx -l $M; echo "rc=$?"
kpartx -av $M; echo "rc=$?"; udevadm settle; show
kpartx -u -v $M; echo "rc=$?"
kpartx -dv $M; echo "rc=$?"; udevadm settle; show
echo "--- -p"; kpartx -a -p -part $M; udevadm settle; dmsetup ls | sort; kpartx -d -p -part $M; udevadm settle; dmsetup ls
echo "--- primary broken"; dd if=/dev/zero of=$M bs=512 seek=1 count=1 conv=notrunc oflag=direct status=none; sleep 1
kpartx -l $M; echo "rc=$?"
kpartx -l -g $M; echo "rc=$?"
echo "--- both broken"; dd if=/dev/zero of=$M bs=512 seek=16383 count=1 conv=notrunc oflag=direct status=none; sleep 1
kpartx -l $M; echo "rc=$?"
kpartx -l -g $M; echo "rc=$?"
echo "--- no protective MBR"; dd if=/dev/zero of=$M bs=512 count=1 conv=notrunc oflag=direct status=none; dd if=/tmp/head of=$M bs=512 skip=1 seek=1 count=2 conv=notrunc oflag=direct status=none; sleep 1
kpartx -l $M; echo "rc=$?"
kpartx -l -g $M; echo "rc=$?"
echo "--- wrong checksum"; { head -c 1040 /tmp/head; printf x; tail -c +1042 /tmp/head; } > /tmp/bad; put bad 0
kpartx -l $M; echo "rc=$?"
