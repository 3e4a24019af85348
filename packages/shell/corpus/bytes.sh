# Bytes that are no UTF-8 pass unharmed, wherever they come from.
x="café"; echo "$x" ${#x} "${x:3}" "${x%?}"
echo $'caf\xe9' "$(printf 'caf\351')"
case $x in caf?) echo one;; esac
[[ $x =~ (.)$ ]]; echo "${BASH_REMATCH[1]}"
é() { echo "called"; }; é
printf '%s %q\n' "$x" "$x"
f="aÿb"; echo > "$f"; for g in a?b; do echo "$g"; done
cat <<< "éÃ" ; read -r y <<< "$x"; echo "$y" ${y/é/e}
eval "echo 'Ã©'"; declare -p x
