
all() { for p in /sys/module/$1/parameters/*; do echo "$1 ${p##*/}=$(cat $p 2>&1) $(stat -c %a $p)"; done; }
modprobe scsi_debug dev_size_mb=0x10 delay=0 add_host=2 per_host_store=1 vpd_use_hostno=0 lbpu=1 opts=2 ndelay=0; all scsi_debug
modprobe brd rd_nr=1 rd_size=4096; all brd
modprobe null_blk nr_devices=1 queue_mode=2; all null_blk
