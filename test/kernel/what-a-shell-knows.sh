# What bash says of itself and of its machine.
echo "$HOSTNAME $HOSTTYPE $MACHTYPE $OSTYPE $BASH $SHELL"; echo "${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]} ${#BASH_VERSINFO[@]} ${BASH_VERSINFO[5]} ${GROUPS[@]}"
echo "$SHLVL $(echo $SHLVL)"; bash -c 'echo $SHLVL; :'; echo 'echo "$SHLVL in a file"; :' > /tmp/f; bash /tmp/f
echo "${#EPOCHSECONDS} ${#EPOCHREALTIME} ${EPOCHREALTIME/.*/}" | sed 's/[0-9]*$/N/'; [ "$EPOCHSECONDS" = "$(date +%s)" ] && echo "same second"
a=$SRANDOM b=$SRANDOM; [ "$a" != "$b" ] && echo "random"; [ "$COLUMNS$LINES" = "" ] && echo "no terminal"
uname -a; uname -n; uname -srvm; cat /proc/sys/kernel/hostname /proc/sys/kernel/ostype /proc/sys/kernel/osrelease /proc/sys/kernel/version
env | grep -v PATH | sort; bash -c 'env | grep ^_'; export -p
id; id -un; echo "$UID $EUID ${USER:-nobody}"; umask; echo ~ ~root
