printf '%s\n' a b c
printf '%s-%s\n' a b c
printf '%d %i %u %x %X %o %c\n' 10 -5 7 255 255 8 xyz
printf '[%5s][%-5s][%05d][%+d][% d][%.2s][%5.1s][%#x][%#o]\n' ab ab 42 5 5 abc xyz 255 8
printf '%%|%b|%q|%q\n' 'a\tb' "it's" 'a b'
printf 'no newline'; printf '\n\t\x41\101\\\n'
printf '%s\n'; printf '%d\n'; printf '[%s]\n' ''
printf '%*d|%-*s|%.*s\n' 5 42 5 ab 2 xyz
printf '%d\n' 0x1f 010 "'A" '"B'
printf -v var '%03d' 7; echo $var; printf -v 'arr[2]' x; echo ${arr[2]}
printf '%b' 'a\nb\c' hidden; echo
printf '%q ' '' a\$b $'x\ny' '*' '~' 'a#b' '#a' 'a=b' '{x}' 'é'; echo
printf 'a%sb\n' 1 2
printf -- '-%s\n' x
printf '%5%|%-3c|\n' a
printf '%s %s\n' a
printf '%.3d %5.3d %x\n' 5 5 -1
printf 'plain\n' extra args
printf '%ld %lld %hd\n' 1 2 3
printf '%.0f %f %.2f %5.1f\n' 2 1.5 3.14159 2.25
