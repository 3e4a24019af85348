alias say='echo says' again='echo again '
say before
shopt -s expand_aliases; say on the same line
say on the next
again say
alias pair='echo left; echo right'
pair side
if true; then say in if; fi; ! say negated; { say in braces; }; ( say in a subshell )
call() { say "$@"; }
call from a function
alias say='echo now'; say the old one
say the new one
call still the old one
type say; type -t say; command -v again; command -V pair; type -a pair; \say x; 'say' x
echo "$(say in a substitution)"; for i in say; do say $i; done
x=5 say after an assignment
say <<< input
say <<END | cat
a document
END
alias late='echo "x is $x"'; x=7
late; eval 'say in eval'
alias one=two two=three three='echo circle'; one
one; alias self='self -l'; self() { echo "self $*"; }
self; alias bar='| cat'; echo no bar
case say in say) say in case;; esac; say a && say b || say c
say in the background & wait
trap 'say in a trap' EXIT
shopt -u expand_aliases; say not on this line
say off
shopt -s expand_aliases
unalias say; say on the line that removes it
say gone; bash -c 'pair'; unalias -a; alias; shopt expand_aliases
