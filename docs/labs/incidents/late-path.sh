#udev
# A path comes late at the attachment of a volume, and stays behind when the volume is detached.
# The story: a volume was attached while one fabric was slow. Its map was made with the paths that were there; the last one came after the
# driver had looked. At the detachment the driver deleted the paths it had noted down, and flushed the map: one disk stayed.
# Source: https://github.com/IBM/ibm-block-csi-driver/issues/288
# Look at: the paths of the map when the driver looks, and later; what is left after the detachment.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n path_grouping_policy multibus\n no_path_retry queue\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
paths() { multipathd show paths raw format "%d" | tr '\n' ' '; }
noted=$(paths); echo "the driver notes: $noted"
#: The second fabric answers.
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 3; udevadm settle; sleep 2
echo "the map has: $(paths)"
#: The detachment.
for d in $noted; do echo 1 > /sys/block/$d/device/delete; done; sleep 3
multipath -f mpatha; echo "flush: $?"; sleep 2
echo "left: $(ls /sys/block | grep ^sd | tr '\n' ' ')maps: $(dmsetup ls)"
#: Flush first, and delete what the map names at that moment: nothing is left.
multipathd add map mpatha; sleep 3
now=$(paths); multipath -f mpatha; for d in $now; do echo 1 > /sys/block/$d/device/delete; done; sleep 2
echo "left: $(ls /sys/block | grep ^sd | tr '\n' ' ')maps: $(dmsetup ls)"
