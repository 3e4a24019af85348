# Named pipes: who opens one end waits for the other; data, permissions, removal.
modprobe brd rd_nr=1 rd_size=1024
mkfifo /tmp/p; echo $?
mkfifo /tmp/p; echo $?
stat -c '%F %a' /tmp/p; ls -l /tmp/p | cut -c1-10
[ -p /tmp/p ] && echo pipe
cat /tmp/p > /tmp/got &
echo hello > /tmp/p
wait; cat /tmp/got
dd if=/tmp/p of=/dev/ram0 bs=512 status=none conv=fsync &
{ echo one; sleep 0.1; echo two; } > /tmp/p
wait
head -c 8 /dev/ram0
exec 5<>/tmp/p
echo "line a" >&5; echo "line b" >&5
read -r -u 5 x; echo "x=$x"; read -r -t 1 -u 5 y; echo "y=$y"
read -t 0.2 -u 5 z; echo "rc $(( $? > 128 ))"
exec 5>&-
mkfifo -m 600 /tmp/q /tmp/r
rm /tmp/p /tmp/q /tmp/r; ls /tmp/q; echo $?
mkfifo /nosuch/p; echo $?
