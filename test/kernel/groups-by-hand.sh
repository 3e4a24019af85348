# Two groups of two paths: initial group, switch, disable, enable, failover, no failback.
modprobe scsi_debug add_host=4 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
dmsetup create m --table "0 16384 multipath 0 0 2 2 round-robin 0 2 1 8:0 1 8:16 1 round-robin 0 2 1 8:32 1 8:48 1"
st() { for d in sda sdb sdc sdd; do read -r n _ < /sys/block/$d/stat; echo $n; done; }
rd() { local -a a=($(st)); for ((i = 0; i < $1; i++)); do dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; done
  local -a b=($(st)); echo "read $1: $((b[0]-a[0])) $((b[1]-a[1])) $((b[2]-a[2])) $((b[3]-a[3]))"; dmsetup status m; }
m() { dmsetup message m 0 "$@"; echo "> $*"; dmsetup status m; }
dmsetup status m
rd 5
m switch_group 1; rd 3
m disable_group 1; rd 3
m disable_group 2; rd 3
m enable_group 2; rd 2
m disable_group 1; m switch_group 2
m fail_path 8:32; rd 2; m fail_path 8:48
rd 3
m reinstate_path 8:32; rd 3
sleep 0.2; dmsetup info -c --noheadings -o events m
