# A device that was just created without a table is ACTIVE, not suspended, and has no disk yet.
dmsetup create d --notable
dmsetup info d | grep -v 'Read Ahead'
dmsetup info -c --noheadings -o name,attr,open,segments,events d
dmsetup table d; dmsetup status d
grep -c dm- /proc/partitions
[ -e /sys/block/dm-0 ] && echo "disk" || echo "no disk"
dmsetup remove d; echo "rc=$?"
dmsetup info d; echo "rc=$?"
