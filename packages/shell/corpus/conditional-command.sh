x=abc
[[ $x == a* ]] && echo 1; [[ $x == "a*" ]] || echo 2; [[ $x != b* ]] && echo 3; [[ a < b ]] && echo 4
[[ -n $x && -z $nope ]] && echo 5; [[ ! $x == abc || 1 ]] && echo 6; [[ ( a == b || c == c ) && d ]] && echo 7
[[ 3 -lt 10 ]] && echo 8; [[ x -eq 0 ]] && echo 9; n=5; [[ n+1 -eq 6 ]] && echo 10
[[ $x =~ ^a(.)(c)$ ]] && echo "${BASH_REMATCH[@]}" ${#BASH_REMATCH[@]}
re='^[a-c]+$'; [[ $x =~ $re ]] && echo 11; [[ $x =~ "$re" ]] || echo 12; [[ a.c =~ a\.c ]] && echo 13; [[ abc =~ a\.c ]] || echo 14
[[ 'a b' =~ a\ b ]] && echo 15; [[ foo123 =~ ([[:alpha:]]+)([0-9]+) ]] && echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]}"
y='a b'; [[ $y == 'a b' ]] && echo 16; [[ -f /nope ]]; echo $?; [[ -e /dev/null && -c /dev/null ]] && echo 17
[[ $x == [abc]* ]] && echo 18; [[ $x == ??? ]] && echo 19; [[ "" ]] || echo 20
p='a*'; [[ $x == $p ]] && echo 21; [[ $x == "$p" ]] || echo 22; [[ -v x ]] && echo 23; [[ -o errexit ]] || echo 24
[[ a =~ ^(b|)a ]]; echo "${#BASH_REMATCH[@]}[${BASH_REMATCH[1]}]"
shopt -s nocasematch; [[ ABC == abc ]] && echo 25; shopt -u nocasematch
[[ a == a && b == c ]]; echo $?
[[ $nope == "" ]] && echo 26
[[ x =~ [ ]]; echo $?
[[ a\*b == a\*b ]] && echo 27
