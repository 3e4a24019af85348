coproc cat; echo "${COPROC[@]}"
echo one >&"${COPROC[1]}"; read -r l <&"${COPROC[0]}"; echo "$l"
eval "exec ${COPROC[1]}>&-"; cat <&"${COPROC[0]}"; wait
exec 63< /dev/null; coproc OTHER { read -r l; echo "<$l>"; }; echo "${OTHER[@]}"
echo two >&"${OTHER[1]}"; cat <&"${OTHER[0]}"; wait; echo $?
