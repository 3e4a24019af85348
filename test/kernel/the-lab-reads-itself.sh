# A lab can read itself, and knows where it is.
[ -f "$0" ] && echo "there"; [ -s "$0" ] && echo "not empty"; head -n 1 "$0"; grep -c '' "$0"; dirname "$0"; basename "$0"
cd "$(dirname "$0")" && pwd
sed -n '/^#%/s/^#% //p' "$0"
#% embedded data
bash "$0.none"; echo "rc=$?"
[ "$1" = again ] && { echo "second run of ${0##*/} $*"; exit 3; }
bash "$0" again b | tail -n 1; echo "rc=${PIPESTATUS[0]}"
eval "$(sed -n '/^#@/s/^#@ //p' "$0")"; embedded
#@ embedded() { echo "a function from the lab's own comments, in ${BASH_SOURCE[0]##*/}"; }
tr '\0' ' ' < /proc/$$/cmdline; echo; cat /proc/$$/comm
