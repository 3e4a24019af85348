# suspend and resume with --nolockfs and --noflush over requests that wait for a path.
modprobe scsi_debug dev_size_mb=8 delay=0
modprobe brd rd_nr=1 rd_size=8192
w() { ( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 seek=$1 oflag=direct status=none 2>/dev/null; echo "write $1: $?" ) >> w.out & sleep 0.5; }
state() { sleep 0.5; echo "$1: $(dmsetup info -c --noheadings -o suspended m) $(sort w.out | tr '\n' ';')"; : > w.out; }
: > w.out
dmsetup create m --table "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup message m 0 fail_path 8:0
w 1; dmsetup suspend --noflush m; state noflush; dmsetup resume m; state resumed; dmsetup message m 0 fail_if_no_path; wait; state failed; dmsetup message m 0 queue_if_no_path
w 2; dmsetup suspend --noflush --nolockfs m; state "noflush nolockfs"; dmsetup message m 0 fail_if_no_path; dmsetup resume m; state resumed; dmsetup message m 0 fail_if_no_path; wait; state failed; dmsetup message m 0 queue_if_no_path
w 3; w 4; dmsetup suspend --nolockfs m; state nolockfs; dmsetup load m --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup resume m; wait; state "another table"
dmsetup load m --table "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup resume m; dmsetup message m 0 fail_path 8:0
w 5; dmsetup load m --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup resume --nolockfs m; wait; state "resume --nolockfs with a table"
dmsetup load m --table "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup resume m; dmsetup message m 0 fail_path 8:0
w 6; dmsetup load m --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup resume m; wait; state "resume with a table"
dmsetup remove m
dmsetup create m --table "0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"; dmsetup message m 0 fail_path 1:0
w 7; dmsetup suspend --nolockfs m; wait; state "bio nolockfs"; dmsetup resume m
w 8; dmsetup suspend --noflush m; state "bio noflush"; dmsetup resume m; state resumed; dmsetup message m 0 fail_if_no_path; wait; state failed
