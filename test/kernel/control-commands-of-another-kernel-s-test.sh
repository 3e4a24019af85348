# the control commands that a re-implementation of device-mapper tests itself with
dmsetup create dm_ctl --table "0 64 zero"
dmsetup mknodes dm_ctl; echo "mknodes $?"; ls /dev/mapper
dmsetup rename dm_ctl dm_ctl2; ls /dev/mapper
dmsetup create dm_multi --table "0 64 error"
dmsetup ls | sort
timeout 2 dmsetup wait --noflush dm_ctl2 0; echo "wait $?"
timeout 2 dmsetup wait dm_ctl2 1; echo "wait 1 $?"
dmsetup suspend --noflush dm_ctl2; dmsetup info dm_ctl2 | grep -E 'State|Event'
dmsetup resume --noflush dm_ctl2; dmsetup info dm_ctl2 | grep -E 'State|Event'
dmsetup info -c -o name,major,minor,open,segments,events,readonly,suspended,tables_loaded --sort name
dmsetup info -c --nameprefixes --noheadings --rows --unquoted -o name,open dm_multi
dmsetup info -c --separator , -o all --noheadings dm_multi | tr , '\n' | head -30
dmsetup status --target zero; dmsetup table --target error
dmsetup ls --target zero --exec 'stat -c %n'
dmsetup ls -o options; dmsetup ls -o devno; dmsetup ls -o blkdevname; dmsetup deps -o blkdevname
dmsetup measure dm_multi; echo "measure $?"
dmsetup setgeometry dm_multi 1 2 3 4; echo "geometry $?"
dmsetup message dm_multi 0 @cancel_deferred_remove; echo "message $?"
dmsetup remove --retry dm_ctl2 dm_multi; echo "remove $?"
dmsetup version | head -1; dmsetup targets | head -2
