# Disks with nothing on them: what blkid, wipefs and lsblk say of them.
modprobe scsi_debug dev_size_mb=8 delay=0; modprobe brd rd_nr=1 rd_size=4096; sleep 1
dmsetup create map --table "0 8192 linear /dev/sda 0"
c() { echo "+ $*"; "$@"; echo "= $?"; }
for d in /dev/ram0 /dev/mapper/map /dev/nope; do c blkid $d; done
c blkid; c blkid -o value -s TYPE /dev/ram0; c blkid -o export /dev/ram0; c blkid -s UUID -o value /dev/ram0; c blkid -p /dev/ram0; c blkid -p -u filesystem /dev/ram0; c blkid -o list -s UUID /dev/ram0 /dev/mapper/map
c blkid -i /dev/sda; c blkid -i -o export /dev/sda; c blkid -L foo; c blkid -U 1234; c blkid -t TYPE=ext4; c blkid -t LABEL=x -l; c blkid -V; c blkid -g; c blkid -l; c blkid -c /dev/null
type=$(blkid -o value -s TYPE /dev/mapper/map || echo none); echo "type: $type"; [ -z "$(blkid -p -o value -s TYPE /dev/ram0)" ] && echo "free to use"
c wipefs /dev/ram0; c wipefs -n /dev/ram0; c wipefs -a /dev/ram0; c wipefs -a -f -q /dev/mapper/map; c wipefs -J /dev/ram0; c wipefs /dev/nope; c wipefs; c wipefs -V; c wipefs --all --force /dev/ram0; c wipefs -i /dev/ram0; c wipefs -p /dev/ram0
c lsblk -f; c lsblk -f -o NAME,FSTYPE,UUID /dev/sda; c lsblk -no FSTYPE /dev/mapper/map; c lsblk -fl; c lsblk -o NAME,FSTYPE,LABEL,MOUNTPOINT; c lsblk -fP; c lsblk -fr; c lsblk -o NAME,FSAVAIL,FSUSE% /dev/sda
dmsetup remove map
