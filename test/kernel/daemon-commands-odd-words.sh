#udev
# Formats, blanks, quotes and words too many in commands to the daemon.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 30\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 4
c() { echo "> $*"; multipathd "$@" 2>&1 | head -n 6; echo "rc=${PIPESTATUS[0]}"; }
c show maps format ""
c show maps format "%%"
c show maps format "%5n|"
c show maps format "%-n|"
c show maps format "%n%n %n"
c show maps format "a%tb%N %% %Z"
c show maps raw format "[%n]\t[%d]\n"
c show maps raw format "[%n] é [%S]"
c show paths raw format "%i|%d|%D|%t|%o|%T|%s|%c|%p|%S|%z|%M|%N|%n|%R|%r|%a|%A|%G|%g|%P|%w|%m|%I|%0|%1|%2|%L|%h"
c show paths format "%w%w"
c show paths raw format "%d%%%t"
c show paths raw format ""
c show paths raw format "x"
c show paths format "x"
c show maps raw format "%n|%w|%d|%F|%Q|%N|%r|%t|%S|%f|%x|%0|%1|%2|%3|%4|%v|%p|%e|%s|%G|%g|%A"
c show maps raw format "%k"
c show map mpatha format "%n|%w"
c show map mpatha raw format "%n %z"
c show path sda format "%d"
c show path sda raw format "%d"
c show map mpatha stats
c show map mpatha status
c show map mpatha raw
c show maps stats extra
c show maps raw stats
c show paths raw
c show paths json
c show maps json extra
c show map mpatha json
c show topology raw
c show config extra
c show daemon extra
c show status x
c show wildcards x
c show devices x
c show devices raw
c show blacklist raw
c "show maps" status
c "show  maps   status"
c " show maps"
c show maps ""
c ""
c "show maps format '%n'"
c "show maps format %n%d"
c show maps format "%n" "%d"
c show maps format %n %d
c SHOW MAPS
c show "MAPS"
c show map "" topology
c show map " mpatha" topology
c 'show map "mpatha" format "%n"'
c 'show maps format "%n'
