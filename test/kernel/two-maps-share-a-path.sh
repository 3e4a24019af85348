# Two maps over the same path: each has its own idea of its state.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
T="0 16384 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
dmsetup create a --table "$T"; dmsetup create b --table "$T"
dmsetup message a 0 fail_path 8:0; dmsetup status
printf 'x%.0s' {1..4096} > /tmp/x; dd if=/tmp/x of=/dev/mapper/a bs=4096 count=1 oflag=direct status=none; dd if=/dev/mapper/b bs=4096 count=1 iflag=direct status=none | cmp - /tmp/x && echo same
echo offline > /sys/block/sda/device/state
for i in 1 2; do dd if=/dev/zero of=/dev/mapper/b bs=4096 count=1 oflag=direct status=none; done; dmsetup status
dmsetup info -c --noheadings -o name,open; ls /sys/block/sda/holders
dd if=/dev/zero of=/dev/sda bs=4096 count=1 oflag=direct status=none; echo "rc=$?"
dmsetup remove a; dmsetup status
