n=n+1; echo $((n)); echo "st $?"
a=b; b=c; c=a; echo $((a)); echo $((b)); echo $((c)); echo $((a+0))
d=' d '; echo $((d))
p=p0; p0=p1; p1='p1 * 2'; echo $((p)); ((p)); echo $?; let p; echo $?; [[ p -eq 1 ]]; echo $?
loop='i < 100 ? i++, loop : i'; i=0; echo $((loop))
y='z++'; z=0; w='z > 150 ? z : y + w'; echo $((w)) $z
declare -i q=q; echo "$q"; q=1; q=q+1; echo $q
arr=(arr); echo $((arr)); echo ${arr[arr]}; echo after $?
m=1
for e in '1+n' '1 + n + 2' '(n)' ' (n) ' '-n' ' - n' 'n++' '1?n:2' '2*(3+n)' 'n ' '0||n' 'n=n' '++n' 'n,1' 'm+n' 'e0+n' 'n+=1'; do n=$e; echo "$e => $( (echo $((n))) 2>&1)"; done
