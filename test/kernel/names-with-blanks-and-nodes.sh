# mknodes of maps with strange names makes nodes of both names; by name, of the one that is given.
dmsetup create 'with space' --table "0 8 zero"; dmsetup create plain --table "0 8 zero"; ls /dev/mapper
dmsetup mknodes; ls /dev/mapper; rm /dev/mapper/*space; dmsetup mknodes 'with space'; ls /dev/mapper; rm -f /dev/mapper/with*; dmsetup mknodes 'with\x20space'; ls /dev/mapper
rm -f /dev/mapper/plain /dev/mapper/with*; dmsetup mknodes plain; dmsetup mknodes; ls -l /dev/mapper | awk 'NR > 2 {print $1, $5, $6, $10, $11}'; dmsetup remove 'with space'; ls /dev/mapper; dmsetup mknodes; ls /dev/mapper; dmsetup remove_all; ls /dev/mapper
dmsetup create 'a/b' --table "0 8 zero"; echo "rc=$?"; dmsetup create 'tab	x' --table "0 8 zero"; echo "rc=$?"; dmsetup create 'brack(et)' --table "0 8 zero"; dmsetup mknodes; ls /dev/mapper; dmsetup info -c --noheadings -o name,mangled_name,unmangled_name; dmsetup rename 'brack(et)' 'semi;colon'; dmsetup mknodes; ls /dev/mapper
