x=héé; echo $x ${#x} ${x:1:1} ${x^^} ${x/é/e}
[[ é == ? ]] && echo one; case ü in ?) echo q;; esac
printf '%s\n' "→"; echo $'\u2192' 
for c in a é; do echo -n "$c,"; done; echo
