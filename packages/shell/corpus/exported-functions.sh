greet() { echo "hello $1 from line $LINENO"; nosuch; }
count() {
  local i
  for ((i = 0; i < $1; i++)); do echo "$i"; done
  [[ -n $1 ]] && if (( $1 > 1 )); then echo many; else echo few; fi
}
inner() ( echo "in $BASHPID" > /dev/null; greet inner )
export -f greet count inner
bash -c 'greet you; count 2; inner; declare -F'
bash -c 'echo "${FUNCNAME[@]}"; show() { echo "${FUNCNAME[@]} ${BASH_SOURCE[@]}"; caller; caller 0; }; show; export -f show; bash -c show'
bash -c caller; bash -c 'at() { caller; }; at'
bash -s <<< 'greet again'
greet() { echo changed; }; bash -c greet
bash -c 'unset -f count; bash -c count; greet() { echo local to it; }; bash -c greet'
bash -c 'set -e; count 1 && greet; export -nf greet; bash -c greet'
printenv BASH_FUNC_count%%
export -nf count; bash -c count; declare -F
unset -f greet; bash -c greet; (greet() { echo sub; }; export -f greet; bash -c greet); bash -c greet
export -f nosuch; echo $?; export -f
lonely() { nosuch; }; export -f lonely; bash -c lonely; x=1 bash -c 'lonely; echo $x'
