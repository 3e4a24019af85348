for i in {1..13} 27 127; do printf -v h '\\x%02x' $i; printf -v c "a${h}z"; declare x=$c; printf '%d %q %s %s\n' $i "$c" "${x@Q}" "$(declare -p x)"; set -x; : "$c"; { set +x; } 2>/dev/null; done
set -x
: "é" $'\xff' $'\e' $'\e[1m' $'\n' $'\001\n'
