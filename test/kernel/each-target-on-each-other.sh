# Each target on top of each other one, on disks of bios and of requests: which tables load, what reads and writes give, limits.
modprobe brd rd_nr=2 rd_size=16384
modprobe scsi_debug dev_size_mb=16 vpd_use_hostno=0 num_tgts=1 max_luns=1 delay=0
line() {
  local t=$1 d=$2 n=$3
  case $t in
    linear) echo "0 $n linear $d 0" ;;
    striped) echo "0 $n striped 1 8 $d 0" ;;
    delay) echo "0 $n delay $d 0 1" ;;
    flakey) echo "0 $n flakey $d 0 100 0" ;;
    dust) echo "0 $n dust $d 0 512" ;;
    multipath) echo "0 $n multipath 0 0 1 1 service-time 0 1 1 $d" ;;
    zero|error) echo "0 $n $t" ;;
  esac
}
for base in 1:0 8:0; do
  for low in linear striped delay flakey multipath zero error; do
    for up in linear striped delay flakey multipath; do
      dmsetup create low --table "$(line $low $base 8192)" 2>/dev/null || { echo "$low on $base: no"; continue 2; }
      maj=$(dmsetup info -c --noheadings -o major low):$(dmsetup info -c --noheadings -o minor low)
      if dmsetup create up --table "$(line $up $maj 8192)" 2>/dev/null; then
        r=$(dd if=/dev/mapper/up bs=4k count=1 iflag=direct status=none 2>&1 | head -c 64 | md5sum | cut -c1-6)
        w=$(dd if=/dev/zero of=/dev/mapper/up bs=8k count=1 oflag=direct status=none 2>&1 | sed 's/.*: //')
        echo "$up on $low on $base: $(dmsetup deps up | sed 's/.*: //') r=$r w=${w:-ok} $(cat /sys/block/dm-1/queue/{logical_block_size,max_sectors_kb,optimal_io_size,minimum_io_size,discard_max_bytes,write_zeroes_max_bytes} | xargs)"
        dmsetup remove up
      else echo "$up on $low on $base: refused"; fi
      dmsetup remove low
    done
  done
done
dmesg | grep device-mapper | sed 's/^\[[^]]*\] //' | sort | uniq -c | sed 's/^ *//'
