parse() {
  OPTIND=1
  while getopts "ab:c" o "$@"; do
    case $o in a|c) echo "opt $o";; b) echo "b=$OPTARG";; '?') echo "bad";; esac
  done
  shift $((OPTIND-1)); echo "rest: $*"
}
parse -a -b val file
parse -acb x y
parse -bval -- -a
parse -x
parse -b
parse plain -a
silent() { OPTIND=1; while getopts ":ab:" o "$@"; do echo "$o [$OPTARG]"; done; }
silent -z -b
silent -a -bq
set -- -a arg; OPTIND=1; getopts a o; echo $o $OPTIND; getopts a o; echo $? $o
