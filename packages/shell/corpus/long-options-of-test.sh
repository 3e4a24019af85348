[ /dev -ef /dev ] && echo same
[ -L f ] || echo nolink; [ -p f ] || echo nofifo; [ -S f ] || echo nosock; [ -b f ] || echo noblk
[ -t 0 ] || echo notty; [ -h f ] || echo noh; [ -o errexit ] || echo noopt
