# Programs that read a disk whose third block is bad.
modprobe brd rd_nr=1 rd_size=4096
for i in $(seq 1 3000); do echo "line $i"; done > /tmp/data; dd if=/tmp/data of=/dev/ram0 bs=4096 conv=sync status=none
dmsetup create half --table "0 16 linear 1:0 0
16 8 error
24 8168 linear 1:0 24"
mapfile -t L < /dev/mapper/half; echo "rc=$? n=${#L[@]} last=${L[-1]}"
mapfile -t -n 3 L < /dev/mapper/half; echo "rc=$? n=${#L[@]} last=${L[-1]}"
n=0; while read -r x; do n=$((n+1)); last=$x; done < /dev/mapper/half; echo "rc=$? n=$n last=$last x=$x"
x=$(< /dev/mapper/half); echo "rc=$? ${#x}"
wc -c /dev/mapper/half; echo rc=$?; wc -l < /dev/mapper/half; echo rc=$?; wc /dev/mapper/half; echo rc=$?
sed -n '1p' /dev/mapper/half; echo rc=$?; sed -n '$=' /dev/mapper/half; echo rc=$?; sed p /dev/mapper/half | wc -l
awk 'END{print NR}' /dev/mapper/half; echo rc=$?; awk '{n++} NR==2' /dev/mapper/half; echo rc=$?
grep -c line /dev/mapper/half; echo rc=$?; sort /dev/mapper/half | wc -l; cut -c1-4 /dev/mapper/half | uniq -c; nl /dev/mapper/half | tail -1; tr a-z A-Z < /dev/mapper/half | tail -n 1; fold -w 100 /dev/mapper/half | wc -l
