# An escape without its digits: printf complains where it stands, echo and $'…' do not. Braces only $'…' takes.
printf "a\xq\n"; echo $?; printf "%b\n" "a\xq"; echo -e "a\xq"; printf "\\u\n" ; printf "\\uq\n"; printf "%b|" "\u" ; echo -e "\u0041"; printf 'l1\nl2\xz%d\n' 5; printf '%s\Uz\n' a b; printf -v v '\x'; echo "$v"; echo $'\xz'
printf '%s|' $'a\x{41}b' $'\x{1f' $'\x{123}c' $'\x4142'; echo -e 'a\x{41}b'; printf 'a\x{41}b\n'
