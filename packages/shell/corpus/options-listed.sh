keep() { while IFS= read -r l; do if [[ $l =~ $1 ]]; then printf "%s\n" "$l"; fi; done; }; drop() { while IFS= read -r l; do if [[ ! $l =~ $1 ]]; then printf "%s\n" "$l"; fi; done; }; names() { while IFS= read -r l; do printf "%s " "${l%%=*}"; done; echo; }
shopt; shopt -p; echo "rc=$?"; shopt -s; shopt -o; shopt -po; shopt -so
shopt -p nullglob extglob; echo rc=$?; shopt -q nullglob; echo $?; shopt -s nullglob; shopt -p nullglob; echo $?; shopt -s
shopt -so pipefail; shopt -o pipefail; shopt -po pipefail errexit; echo $?; shopt -qo pipefail; echo $?; shopt -uo pipefail; shopt -o nosuch; echo $?; shopt -so nosuch; echo $?
shopt nosuch; echo $?; shopt -s nosuch nullglob; echo $?; shopt -s checkwinsize histappend cdspell; shopt histappend cdspell; shopt -u histappend; shopt -p histappend; shopt -su x; echo $?; shopt -z; echo $?; shopt -s -p; (shopt -s cdspell; shopt -p cdspell); shopt -p cdspell
set -o; set +o; set -o pipefail; set -o | keep pipe; set +o | keep pipe
