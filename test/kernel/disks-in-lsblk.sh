modprobe brd rd_nr=2 rd_size=65536; modprobe scsi_debug dev_size_mb=64 per_host_store=0 vpd_use_hostno=0; echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; modprobe null_blk nr_devices=1 gb=1
S=$(blockdev --getsz /dev/sda)
dmsetup create mp -u mpath-1234 --table "0 $S multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
dmsetup create vg-lv -u LVM-abcd --table "0 2048 linear 254:0 0"
dmsetup create st --table "0 4096 striped 2 8 1:0 0 1:1 0"
dmsetup create lone --table "0 3000000 zero"
dmsetup create susp --notable
lsblk; echo "rc $?"
echo "--- ram"; lsblk /dev/ram0 /dev/mapper/st
echo "--- -e"; lsblk -I 8 -d
echo "--- -t"; lsblk -t -d
echo "--- -D"; lsblk -D -d
echo "--- -S"; lsblk -S
echo "--- -f"; lsblk -m /dev/sda; 
echo "--- list"; lsblk -l -o NAME,TYPE; lsblk -ln -o KNAME /dev/sda; lsblk -s -l -o NAME /dev/mapper/vg-lv
echo "--- json"; lsblk -J /dev/sda; lsblk -J -o NAME,SIZE,TYPE -b /dev/sda; lsblk -J -d -o NAME,RO,MOUNTPOINT /dev/nullb0
echo "--- cols"; lsblk -d -o NAME,PATH,MODEL,VENDOR,REV,STATE,ROTA,SCHED,HCTL,TRAN,WWN,SERIAL,RQ-SIZE,MIN-IO,OPT-IO,PHY-SEC,LOG-SEC,RA,ALIGNMENT,WSAME,RAND,OWNER,GROUP,MODE,MOUNTPOINT,DISC-GRAN,DISC-MAX /dev/sda
lsblk -nd -o SIZE,RA,MODE,STATE /dev/mapper/mp; lsblk -dno STATE /dev/mapper/susp
lsblk -i -o NAME /dev/sda; lsblk -o FOO; echo "rc $?"; lsblk -Q; echo "rc $?"
lsblk -r /dev/sda; lsblk -P -d /dev/sda; lsblk --version
dmsetup suspend lone; lsblk -d -o NAME,RO,STATE /dev/mapper/lone; lsblk -p; lsblk -o NAME -d -n /dev/sda /dev/nosuch /dev/sdb; echo $?; lsblk -o +STATE -d /dev/sda; lsblk /tmp; echo $?; lsblk sda | tail -1; echo $?
