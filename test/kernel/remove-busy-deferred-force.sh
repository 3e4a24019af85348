# remove of an open device fails, --deferred waits for the close and can be cancelled, --force swaps in an error table.
modprobe brd rd_nr=1 rd_size=4096
i() { dmsetup info d 2>&1 | grep -E 'State|Open|exist'; }
dmsetup create d --table "0 1000 linear 1:0 0"
exec 3< /dev/mapper/d
dmsetup remove d; echo "rc=$?"; i
dmsetup remove --deferred d; echo "rc=$?"; i
dmsetup message d 0 @cancel_deferred_remove; echo "rc=$?"; i
dmsetup remove --deferred d; exec 3<&-; sleep 0.2; i
dmsetup create d --table "0 1000 linear 1:0 0"
exec 3< /dev/mapper/d
dmsetup remove --force d; echo "rc=$?"; dmsetup table d; i
dd if=/dev/mapper/d of=/dev/null count=1 iflag=direct status=none; echo "rc=$?"
dmsetup remove --retry d 2>&1 | uniq -c
exec 3<&-; dmsetup remove d; echo "rc=$?"; i
dmsetup remove nope; echo "rc=$?"; dmsetup remove --force nope; echo "rc=$?"
