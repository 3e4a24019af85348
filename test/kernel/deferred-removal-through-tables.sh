# A device that is to be removed goes when the last table that uses it lets go: removed, replaced, cleared, in a chain.
modprobe brd rd_nr=1 rd_size=4096
names() { sleep 0.3; echo "$(dmsetup ls | cut -f1 | tr '\n' ' ')"; }
mk() { dmsetup create a --table "0 1024 linear 1:0 0"; dmsetup create b --table "0 1024 linear /dev/mapper/a 0"; }
mk; dmsetup remove --deferred a; dmsetup info a | grep State; dmsetup load b --table "0 1024 linear 1:0 0"; names; dmsetup suspend b; dmsetup resume b; names; dmsetup remove b
dmsetup create a --table "0 1024 linear 1:0 0"; dmsetup create --notable b; dmsetup load b --table "0 1024 linear /dev/mapper/a 0"; dmsetup remove --deferred a; names; dmsetup clear b; names; dmsetup remove b
mk; dmsetup create c --table "0 1024 linear /dev/mapper/b 0"; dmsetup remove --deferred a; dmsetup remove --deferred b; names; dmsetup remove c; names
mk; dmsetup create c --table "0 1024 linear /dev/mapper/a 0"; dmsetup remove --deferred a; dmsetup remove b; names; dmsetup remove c; names
mk; dmsetup remove --deferred a; dmsetup message a 0 @cancel_deferred_remove; dmsetup remove b; names; dmsetup remove a
mk; exec 3< /dev/mapper/a; dmsetup remove --deferred a; dmsetup remove b; names; exec 3<&-; names
mk; dmsetup remove --deferred a; dmsetup wipe_table b; names; dmsetup remove b
mk; exec 3> /dev/mapper/a; echo hello >&3; dmsetup remove --deferred a; dmsetup remove b; names; exec 3>&-; names; head -c 5 /dev/ram0; echo
mk; exec 3< /dev/mapper/b; dmsetup remove_all --deferred; dmsetup info | grep -E 'Name|State'; exec 3<&-; names; ls /dev/mapper
