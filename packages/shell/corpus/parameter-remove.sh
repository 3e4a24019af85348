p=/usr/lib/foo.tar.gz
echo ${p#*/} ${p##*/} ${p%.*} ${p%%.*} ${p%/*} ${p#/usr} ${p%nomatch}
s=aXbXc; echo ${s#*X} ${s##*X} ${s%X*} ${s%%X*}
q='*b'; t='*bc'; echo "${t#"$q"}" "${t#$q}" ${t#\*}
echo ${s#[a-z]} ${s%[!a-z]*} ${s##?} 
set -- a.c b.c; echo ${@%.c} "${@#?}"
a=(x.1 y.2); echo "${a[@]%.*}" "${a[*]##*.}"
e=; echo "[${e#x}]" "[${p#}]"
u='a}b'; echo "${u%\}*}" ${u#*'}'}
